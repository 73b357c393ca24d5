"""Pages full of hostile words pass axe and the Nu HTML checker, whatever is written there."""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import House
from tests.browser.hostile_house import Filled, fill_house, is_mail
from tests.porch_server import running_porch

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js")
# What axe finds, one line each: the rule, how grave it is, and the first place.
RUN = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map((each) =>
  `${each.id} (${each.impact}): ${each.nodes.length} x ${each.nodes[0].target} ${each.nodes[0].html.slice(0, 160)}`)"""
# Those that go on for ever refuse to be ended.
SETTLE = "document.getAnimations().forEach((each) => { try { each.finish(); } catch {} })"
LOOKS = [(1280, "light"), (360, "dark"), (1280, "dark"), (360, "light")]
# What the checker says of the words that somebody has written, and not of the page.
OF_THE_WORDS = re.compile("Private Use Area|Unicode Normalization Form|appears to be written in")
# Where members spend their time, looked at in every way.
MUCH_USED = re.compile(
    r"/inside/(topics/\d+/(\?page=1)?|spaces/[^/]+/|direct/|notices/|latest/|search/\?.*)?$|/glass/"
)


@pytest.fixture(scope="module")
def filled(chromium: Browser) -> Iterator[Filled]:
    with running_porch("--no-worker") as server:
        yield fill_house(House(server, chromium))


def one_of_each(pages: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Give two pages of each address: what differs by a number alone looks alike."""
    taken: dict[str, list[tuple[str, str]]] = {}
    for who, path in pages:
        taken.setdefault(who + re.sub(r"\d+", "0", path.partition("?")[0]), []).append((who, path))
    return [page for found in taken.values() for page in found[:2]]


@pytest.mark.parametrize(("width", "theme"), LOOKS, ids=str)
def test_axe_finds_nothing(filled: Filled, width: int, theme: str) -> None:
    pages = one_of_each(filled.pages)
    if (width, theme) in LOOKS[2:]:
        pages = [page for page in pages if MUCH_USED.match(page[1])]
    assert len(pages) > 10
    axe, found = AXE.read_text(), {}
    for who in filled.states:
        with filled.tab(who, color_scheme=theme, viewport={"width": width, "height": 900}) as tab:
            for path in [path for by, path in pages if by == who and not is_mail(path)]:
                tab.open(path)
                tab.page.evaluate(axe)
                # What has just come in fades in: it is judged as it stands afterwards.
                tab.page.evaluate(SETTLE)
                if said := tab.page.evaluate(RUN):
                    found[path] = said
    assert found == {}


def test_axe_would_find_something(filled: Filled) -> None:
    with filled.tab("ada") as tab:
        tab.page.goto("/inside/")
        tab.page.evaluate(AXE.read_text())
        tab.page.evaluate("document.querySelector('main').append(document.createElement('button'))")
        assert any(each.startswith("button-name (critical)") for each in tab.page.evaluate(RUN))


def test_the_nu_checker_finds_nothing(filled: Filled, tmp_path: Path) -> None:
    named = {}
    # Programs that show mails want attributes of old, so a mail is no page of today.
    pages = [(who, path) for who, path in one_of_each(filled.pages) if not is_mail(path)]
    for n, (who, path) in enumerate(pages):
        context = filled.house.chromium.new_context(
            base_url=filled.house.server.url, storage_state=filled.states[who]
        )
        named[f"{n}.html"] = path
        (tmp_path / f"{n}.html").write_bytes(context.request.get(path).body())
        context.close()
    assert [f"{named[name]}: {what}" for name, what in nu(tmp_path)] == []


def test_the_nu_checker_would_find_something(tmp_path: Path) -> None:
    page = "<!doctype html><html lang=en><title>a</title><p><div id=a></div><b id=a onclik=x>a"
    (tmp_path / "0.html").write_text(page)
    assert len(nu(tmp_path)) > 2


def nu(folder: Path) -> list[tuple[str, str]]:
    """Have the Nu HTML checker read all pages in a folder; give what it finds, as the file and what is wrong."""
    jar, java = os.environ.get("VNU_JAR"), shutil.which("java")
    if not jar or not java:
        pytest.skip("NOT CHECKED: name the Nu HTML checker (vnu.jar) in VNU_JAR, and have Java")
    words = [java, "-Xss4m", "-jar", jar, "--format", "json", "--stdout", "--exit-zero-always", str(folder)]
    made = subprocess.run(words, capture_output=True, text=True, check=True)
    return [
        (Path(each["url"]).name, f"{each['message']} {each.get('extract', '')[:200]!r}")
        for each in json.loads(made.stdout)["messages"]
        if not OF_THE_WORDS.search(each["message"])
    ]
