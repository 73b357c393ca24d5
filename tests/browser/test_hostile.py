"""Hostile words in every kind of page, opened in a real browser: nothing of them runs, and nobody else is asked."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import House, open_page
from tests.browser.hostile_house import Filled, Watched, fill_house, is_mail
from tests.porch_server import running_porch
from tests.proof.hostile import EVERYTHING, OTHER, TEXTS

pytestmark = pytest.mark.browser
HOST = OTHER.removeprefix("https://")

# What our own scripts and the browser itself obey stands nowhere in what members say.
OBEYED = r"""(other) => {
  const found = [];
  const says = ["href", "title", "alt", "value", "aria-label", "content", "datetime", "data-says", "data-quote-name",
    "data-name", "placeholder"];
  for (const each of document.querySelectorAll("*"))
    for (const { name, value } of each.attributes) {
      const is = /^(on|hx-|data-hx-|xlink:|srcdoc$|background$)/.test(name) || name === "style"
        || (!says.includes(name) && value.includes(other)) || /^\s*(javascript|vbscript|data:text)/i.test(value);
      if (is && !(name === "value" || name === "title" || name === "alt" || name === "aria-label"))
        found.push(`${name}: ${each.outerHTML.slice(0, 160)}`);
    }
  for (const prose of document.querySelectorAll(".prose, .said"))
    for (const each of prose.querySelectorAll("*"))
      for (const { name } of each.attributes)
        if (name === "id" || name === "name" || (name.startsWith("data-") && !each.closest("form, [data-ours]")))
          found.push(`${name} in what is said: ${each.outerHTML.slice(0, 160)}`);
  for (const each of document.querySelectorAll("script, iframe, object, embed, base, link, meta[http-equiv], form"))
    if ((each.src || each.action?.toString() || each.href || "").includes(other)
      || each.matches("base, object, embed, iframe:not([sandbox=''][src^='/desk/mail/'])"))
      found.push(each.outerHTML.slice(0, 160));
  return found;
}"""


# What a page of a topic shows when somebody else has written in it: the post, or a line that says so.
NEWS = "#posts-later:not([hidden]), .post:not([id=p1]) ~ .post"


@pytest.fixture(scope="module")
def filled(chromium: Browser) -> Iterator[Filled]:
    with running_porch("--no-worker") as server:
        yield fill_house(House(server, chromium))


def test_nothing_runs_on_any_page(filled: Filled) -> None:
    assert len(filled.pages) > 150
    happened = {}
    for who in filled.states:
        with filled.tab(who) as tab:
            for path in [path for by, path in filled.pages if by == who]:
                tab.open(path)
                if said := happened_in(tab, path):
                    happened[who, path] = said
    assert happened == {}


def happened_in(tab: Watched, path: str) -> list[str]:
    """Say what a page did of itself, and what of it is obeyed. A mail brings styles of its own, and is shut in."""
    return [*tab.said(), *([] if is_mail(path) else tab.page.evaluate(OBEYED, HOST))]


def test_a_preview_a_name_a_quote_and_a_live_post_run_nothing(filled: Filled) -> None:
    path = f"/inside/topics/{filled.topic}/?page=99"
    with filled.tab("ada") as tab, filled.tab("ben") as other:
        open_page(tab.page, f"/inside/topics/{filled.topic}/")
        last = tab.page.locator(".pages a, .pager a").last
        if last.count():
            open_page(tab.page, last.get_attribute("href") or path)
        field = tab.page.locator("form textarea[name=source]").last
        field.fill("\n\n".join(TEXTS))
        tab.page.get_by_role("button", name="Preview").last.click()
        tab.page.wait_for_selector("[data-preview] .prose, .preview")
        field.fill("")
        field.press_sequentially("@[")
        tab.page.wait_for_timeout(400)
        field.fill("")
        for text in (EVERYTHING[3], TEXTS[10], TEXTS[20]):
            assert post(other, filled.topic, text) in (200, 201, 303)
        tab.page.wait_for_selector(NEWS)
        assert tab.said() == []
        assert other.said() == []
        assert tab.page.evaluate(OBEYED, HOST) == []


def post(tab: Watched, topic: int, text: str) -> int:
    """Send a post as the page would, and give the status of the answer."""
    open_page(tab.page, f"/inside/topics/{topic}/")
    token = tab.page.locator("form [name=csrfmiddlewaretoken]").first.get_attribute("value") or ""
    form = {"csrfmiddlewaretoken": token, "source": text}
    answer = tab.context.request.post(
        f"/inside/topics/{topic}/posts/", form=form, headers={"Referer": f"{tab.url}/inside/topics/{topic}/"}
    )
    return answer.status


def test_a_payload_that_ran_would_be_seen(filled: Filled) -> None:
    with filled.tab("ada") as tab:
        open_page(tab.page, "/inside/")
        tab.page.evaluate("window.tripped = 1")
        assert tab.said() == ["tripped"]
        tab.page.goto("/inside/")
        tab.page.evaluate(f"new Image().src = '{OTHER}/x.png'")
        tab.page.evaluate("document.body.setAttribute('hx-get', '//evil.example')")
        tab.page.wait_for_timeout(200)
        assert any(each.startswith("asked") or "evil.example" in each for each in tab.said())
        assert len(tab.page.evaluate(OBEYED, "evil.example")) == 1
