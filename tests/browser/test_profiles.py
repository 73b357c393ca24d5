"""To tell about oneself, and to find somebody by it."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, open_page

pytestmark = pytest.mark.browser


def ask(page: Page, title: str, kind: str) -> None:
    open_page(page, "/inside/profile-fields/new/")
    page.get_by_label("Question").fill(title)
    page.get_by_label("What it is for").fill("So that members find each other.")
    page.get_by_label("Kind").select_option(kind)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("It is saved.")).to_be_visible()


def test_a_profile_is_filled_and_somebody_is_found_by_it(house: House, inside: Page) -> None:
    ask(inside, "Loves", "interests")
    ask(inside, "Reachable", "hours")
    open_page(inside, "/account/profile/")
    inside.get_by_label("Loves").fill("Chess, Board games")
    inside.get_by_label("Your time zone").select_option("Europe/Lisbon")
    inside.get_by_label("Monday, from").fill("18:00")
    inside.get_by_label("Monday, to").fill("20:00")
    inside.get_by_role("button", name="Save").click()
    expect(inside.get_by_text("Your profile is saved.")).to_be_visible()
    open_page(inside, "/inside/directory/")
    inside.get_by_label("Interest").fill("board GAMES")
    inside.get_by_label("Can be reached").select_option("mine")
    inside.get_by_role("button", name="Find").click()
    inside.locator("#found").get_by_role("link", name="Owner").click()
    expect(inside.get_by_role("heading", level=1)).to_have_text("Owner")
    inside.get_by_role("link", name="Board games").click()
    expect(inside.locator("#found").get_by_role("link", name="Owner")).to_be_visible()
    inside.get_by_label("Interest").fill("golf")
    inside.get_by_role("button", name="Find").click()
    expect(inside.get_by_text("Nobody was found.")).to_be_visible()


@pytest.mark.parametrize("path", ["/account/profile/", "/inside/directory/", "/inside/profile-fields/new/"])
def test_a_phone_shows_all_of_it_without_scrolling_sideways(house: House, path: str) -> None:
    with house.visit(signed_in=True, viewport={"width": 360, "height": 740}) as page:
        open_page(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
