import pytest
from playwright.sync_api import Page, Request, Route, expect

from tests.browser.conftest import open_page

pytestmark = pytest.mark.browser


def test_a_form_is_sent_once_however_often_it_is_pressed(inside: Page) -> None:
    sent: list[Request] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request)
        else:
            route.continue_()

    open_page(inside, "/desk/bridge/")
    inside.route("**/door-sign/", hold)
    marked = inside.evaluate("""() => {
      const button = document.querySelector(".crossing button");
      button.click(); button.click(); button.click();
      return button.ariaDisabled;
    }""")
    assert marked == "true"
    inside.wait_for_timeout(300)  # for a second one to show up
    assert len(sent) == 1


def test_leaving_half_written_text_asks_first_and_publishing_does_not(inside: Page) -> None:
    asked: list[str] = []
    inside.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_page(inside, "/desk/articles/new/")
    open_page(inside, "/desk/")
    assert asked == []
    open_page(inside, "/desk/articles/new/")
    inside.locator("#title").press_sequentially("Half")
    open_page(inside, "/desk/")
    assert asked == ["beforeunload"]
    open_page(inside, "/desk/articles/new/")
    inside.locator("#title").press_sequentially("Whole")
    inside.fill("#source", "Text")
    inside.click("button:has-text('Publish')")
    inside.wait_for_url("**/articles/**")
    assert asked == ["beforeunload"]


def test_long_text_is_counted(inside: Page) -> None:
    open_page(inside, "/desk/articles/new/")
    inside.fill("#title", "Five!")
    expect(inside.locator("#title + .count")).to_have_text("5 of 200 characters")
    inside.fill("#title", "x" * 195)
    expect(inside.locator("#title + .count")).to_have_class("count is-near")


def test_what_is_to_be_typed_elsewhere_can_be_copied(inside: Page) -> None:
    inside.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_page(inside, "/desk/components/")
    button = inside.locator("[data-copy=serve-light]")
    button.click()
    expect(button).to_have_text("Copied")
    assert inside.evaluate("navigator.clipboard.readText()") == "porch serve --owner-link"
