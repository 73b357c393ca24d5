"""Hands that stay on the keyboard."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import open_page

pytestmark = pytest.mark.browser


def has_focus(page: Page) -> str:
    return str(page.evaluate("document.activeElement.textContent.trim() || document.activeElement.id"))


def test_the_first_stop_skips_to_the_content(inside: Page) -> None:
    open_page(inside, "/inside/")
    inside.keyboard.press("Tab")
    assert has_focus(inside) == "Skip to the content"
    expect(inside.get_by_text("Skip to the content")).to_be_in_viewport()
    inside.keyboard.press("Enter")
    assert inside.evaluate("document.activeElement.id") == "main"


def test_every_stop_shows_that_it_has_the_focus(inside: Page) -> None:
    open_page(inside, "/desk/articles/new/")
    seen = set()
    for _ in range(30):
        inside.keyboard.press("Tab")
        name = has_focus(inside)
        width = inside.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)")
        assert width >= 2 or "Skip" in name, name
        seen.add(name)
    assert {"Skip to the content", "title", "source", "Publish", "Preview"} <= seen


def test_the_menu_opens_moves_and_closes(inside: Page) -> None:
    open_page(inside, "/inside/")
    menu = inside.locator("details.account")
    menu.locator("summary").focus()
    inside.keyboard.press("ArrowDown")
    for item in ("Go outside", "Your consents", "Sign out"):
        assert has_focus(inside) == item
        inside.keyboard.press("ArrowDown")
    inside.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    assert inside.evaluate("document.activeElement.localName") == "summary"
    inside.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    inside.keyboard.press("Shift+Tab")
    expect(menu).not_to_have_attribute("open", "")


def test_a_dialog_takes_the_focus_and_gives_it_back(inside: Page) -> None:
    open_page(inside, "/desk/components/")
    opener = inside.locator("a[data-dialog]").first
    opener.focus()
    inside.keyboard.press("Enter")
    expect(inside.get_by_role("dialog", name="Sign out?")).to_be_visible()
    inside.keyboard.press("Escape")
    expect(inside.get_by_role("dialog")).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_piece_is_written_and_published(inside: Page) -> None:
    open_page(inside, "/desk/articles/new/")
    inside.locator("#title").focus()
    inside.keyboard.type("Typed, not clicked")
    inside.keyboard.press("Tab")
    inside.keyboard.type("One line.")
    inside.keyboard.press("Tab")
    inside.keyboard.press("Enter")
    expect(inside.get_by_role("heading", level=1)).to_have_text("Typed, not clicked")


def test_a_refusal_takes_the_focus_and_leads_to_the_field(inside: Page) -> None:
    for _ in range(2):
        open_page(inside, "/desk/articles/new/")
        inside.fill("#title", "Said before")
        inside.fill("#source", "x")
        inside.click("button:has-text('Publish')")
    expect(inside.get_by_role("alert")).to_be_focused()
    inside.keyboard.press("Tab")
    inside.keyboard.press("Enter")
    expect(inside.locator("#title")).to_be_focused()
