"""A circle is made, and a role in it, on a telephone without scripts; nothing is wider than the screen."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House

pytestmark = pytest.mark.browser


def test_a_circle_and_a_role_in_it_are_made_from_a_telephone(house: House) -> None:
    house.owner = house.owner or house.sign_in()
    with house.visit(
        signed_in=True, java_script_enabled=False, viewport={"width": 360, "height": 740}
    ) as page:
        page.goto("/inside/circles/")
        page.get_by_role("link", name="Make a circle").click()
        page.get_by_label("Name", exact=True).fill("Gardeners")
        page.get_by_label("How one comes in").select_option("request")
        page.get_by_role("button", name="Make it").click()
        expect(page.get_by_text("One comes in on request.")).to_be_visible()
        page.get_by_role("link", name="Make a role").click()
        page.get_by_label("Name", exact=True).fill("Keeper of the tools")
        page.get_by_label("make circles, change them and close them").check()
        page.get_by_role("button", name="Make it").click()
        expect(page.get_by_text("It counts in Gardeners only.")).to_be_visible()
        assert fits(page)
        page.goto("/inside/circles/gardeners/closing/")
        page.get_by_role("button", name="Close this circle").click()
        expect(page.get_by_text("The circle is closed.")).to_be_visible()
        assert fits(page)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= 360)
