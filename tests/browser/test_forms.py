import pytest
from playwright.sync_api import Page, Request, Route, expect

pytestmark = pytest.mark.browser


def test_a_form_is_sent_once_however_often_it_is_pressed(inside: Page) -> None:
    sent: list[Request] = []

    def hold(route: Route) -> None:
        if route.request.method == "POST":
            sent.append(route.request)
        else:
            route.continue_()

    inside.goto("/desk/bridge/")
    inside.route("**/door-sign/", hold)
    inside.evaluate("""() => {
      const button = document.querySelector(".crossing button");
      button.click(); button.click(); button.click();
    }""")
    expect(inside.locator(".crossing button")).to_have_attribute("aria-disabled", "true")
    assert len(sent) == 1


def test_leaving_half_written_text_asks_first_and_publishing_does_not(inside: Page) -> None:
    asked: list[str] = []
    inside.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    inside.goto("/desk/articles/new/")
    inside.goto("/desk/")
    assert asked == []
    inside.goto("/desk/articles/new/")
    inside.locator("#title").press_sequentially("Half")
    inside.goto("/desk/")
    assert asked == ["beforeunload"]
    inside.goto("/desk/articles/new/")
    inside.locator("#title").press_sequentially("Whole")
    inside.fill("#source", "Text")
    inside.click("button:has-text('Publish')")
    inside.wait_for_url("**/articles/**")
    assert asked == ["beforeunload"]


def test_long_text_is_counted(inside: Page) -> None:
    inside.goto("/desk/articles/new/")
    inside.fill("#title", "Five!")
    expect(inside.locator("#title + .count")).to_have_text("5 of 200 characters")
    inside.fill("#title", "x" * 195)
    expect(inside.locator("#title + .count")).to_have_class("count is-near")


def test_what_is_to_be_typed_elsewhere_can_be_copied(inside: Page) -> None:
    inside.context.grant_permissions(["clipboard-read", "clipboard-write"])
    inside.goto("/desk/components/")
    button = inside.locator("[data-copy=serve-light]")
    button.click()
    expect(button).to_have_text("Copied")
    assert inside.evaluate("navigator.clipboard.readText()") == "porch serve --owner-link"
