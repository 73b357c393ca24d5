"""The list of members while somebody looks at it."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import House

pytestmark = pytest.mark.browser


def count(page: Page) -> int:
    return int(page.locator("#count").inner_text())


def test_who_joins_appears_on_top_and_is_counted(house: House, inside: Page) -> None:
    inside.goto("/inside/")
    expect(inside.get_by_text("Live", exact=True)).to_be_visible()
    before = count(inside)
    house.add_member("Noor <i>Haddad</i>")
    expect(inside.locator("#members > li").first).to_contain_text("Noor <i>Haddad</i>")
    expect(inside.locator("#members > li.is-new time[title$=UTC]")).to_have_count(1)
    expect(inside.locator("#live-voice")).to_have_text("Noor <i>Haddad</i> has joined.")
    assert count(inside) == before + 1
    inside.reload()
    assert count(inside) == before + 1
    expect(inside.get_by_text("Noor <i>Haddad</i>", exact=True)).to_have_count(1)


def test_a_page_that_missed_too_much_fetches_itself_again(house: House, inside: Page) -> None:
    held: list[Route] = []
    inside.route("**/live/**", lambda route: route.continue_() if held else held.append(route))
    with inside.expect_request("**/live/**"):
        inside.goto("/inside/")
    before = count(inside)
    house.add_member("Tomasz Wilk")
    held[0].fulfill(content_type="text/event-stream", body="event: stale\ndata: \n\n")
    expect(inside.get_by_text("Tomasz Wilk")).to_be_visible()
    assert count(inside) == before + 1
    expect(inside.get_by_text("Live", exact=True)).to_be_visible()


def test_a_page_in_the_background_keeps_no_line_open(inside: Page) -> None:
    inside.goto("/inside/")
    expect(inside.get_by_text("Live", exact=True)).to_be_visible()
    hide = """(hidden) => {
      Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }"""
    inside.evaluate(hide, True)
    expect(inside.get_by_text("Live", exact=True)).to_be_hidden()
    inside.evaluate(hide, False)
    expect(inside.get_by_text("Live", exact=True)).to_be_visible()
