"""Two browsers of one person: what is ended in one stops in the other while it is being looked at."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House

pytestmark = pytest.mark.browser


def sign_in_anew(house: House, page: Page) -> None:
    page.goto(house.link())
    page.click("main button")
    page.wait_for_url("**/desk/")
    page.goto("/inside/")


def test_a_page_that_is_looked_at_learns_calmly_that_it_is_signed_out(house: House) -> None:
    with house.visit() as here, house.visit() as there:
        sign_in_anew(house, there)
        expect(there.get_by_text("Live", exact=True)).to_be_visible()
        asked: list[str] = []
        there.on("request", lambda request: asked.append(request.url))
        sign_in_anew(house, here)
        here.goto("/account/sessions/")
        here.get_by_role("button", name="End all others").click()
        expect(here.get_by_text("Done.")).to_be_visible()
        expect(here.get_by_text("Only this one")).to_be_visible()
        expect(there.get_by_text("You are signed out in this browser.")).to_be_visible()
        expect(there.get_by_text("Live", exact=True)).to_be_hidden()
        there.wait_for_timeout(3_000)
        assert len(asked) <= 2, "for itself once, and perhaps where that led; then no more"
        assert not any("/live/" in url for url in asked)
        there.get_by_role("link", name="Sign in again").click()
        there.wait_for_url("**/sign-in/?next=/inside/")
        here.reload()
        expect(here.get_by_text("Done.")).to_be_hidden()
    house.owner = None  # the state that other tests share was ended too


def test_one_is_ended_from_a_telephone_without_scripts(house: House) -> None:
    narrow = {"java_script_enabled": False, "viewport": {"width": 360, "height": 740}}
    with house.visit(**narrow) as here, house.visit() as there:
        sign_in_anew(house, here)
        sign_in_anew(house, there)
        here.goto("/account/sessions/")
        before = here.get_by_role("button", name="End it").count()
        here.get_by_role("button", name="End it").first.click()
        expect(here.get_by_role("button", name="End it")).to_have_count(before - 1)
        assert here.evaluate("document.documentElement.scrollWidth") <= 360
        there.goto("/inside/")
        there.wait_for_url("**/sign-in/**")


def test_what_was_switched_on_the_bridge_is_said_once(house: House, inside: Page) -> None:
    inside.goto("/desk/bridge/")
    inside.get_by_role("button", name="Put it up").click()
    expect(inside.get_by_text("The sign is up")).to_be_visible()
    inside.reload()
    expect(inside.get_by_text("The sign is up")).to_be_hidden()
    inside.get_by_role("button", name="Take it down").click()
