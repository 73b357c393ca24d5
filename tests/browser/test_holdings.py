"""One reads what is held about oneself, takes it out, and looks at what erasing would do, on a telephone too."""

import io
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import House

pytestmark = pytest.mark.browser


def test_a_copy_is_asked_for_and_loaded(house: House) -> None:
    with house.visit(signed_in=True) as page:
        page.goto("/account/")
        page.get_by_role("link", name="Look: What we hold about you").click()
        page.get_by_role("link", name="Look at the rows: In which browsers").click()
        expect(page.get_by_text("kept, not shown").first).to_be_visible()
        page.go_back()
        page.get_by_role("link", name="Take everything with you").click()
        page.get_by_role("button", name="Make a copy").click()
        expect(page.get_by_text("Asked for.", exact=True)).to_be_visible()
        load = page.get_by_role("link", name="Load it")
        for _ in range(40):
            if load.count():
                break
            page.wait_for_timeout(250)
            page.goto("/account/holdings/takeout/")
        with page.expect_download() as begun:
            load.click()
        saved = Path(begun.value.path()).read_bytes()
    with zipfile.ZipFile(io.BytesIO(saved)) as archive:
        assert {"index.html", "README.txt", "take-out.json"} <= set(archive.namelist())


def test_on_a_telephone_without_scripts_all_of_it_can_be_read(house: House) -> None:
    narrow = {"java_script_enabled": False, "viewport": {"width": 360, "height": 740}}
    with house.visit(signed_in=True, **narrow) as page:
        for path in ("", "tables/people.Session/", "tables/engine.AuditEntry/", "takeout/", "erasure/"):
            page.goto(f"/account/holdings/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.get_by_label("I am sure").check()
        page.get_by_role("button", name="Erase everything of mine").click()
        expect(page.get_by_text("Nothing was erased.", exact=True)).to_be_visible()
        expect(page.get_by_text("last operator")).to_be_visible()
