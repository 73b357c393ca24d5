"""Leaving in one go, and thinking better of it, as a member does it in a browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, open_page

pytestmark = pytest.mark.browser

ADD_MEMBER_WITH_LINK = """
from porch.community.roles.founding import admit_founder
from porch.kit.time import now
from porch.people.identity.actions import issue_sign_in_link
from porch.people.identity.models import Person
person = Person(name="Lea", created_at=now())
person.set_unusable_password()
person.save()
admit_founder(person=person, at=now())
print(issue_sign_in_link(person=person, at=now()))
"""


def sign_in_as_member(house: House, page: Page) -> None:
    house.link()  # whose member comes first owns the place: this finds the owner before
    made = house.server.run("manage", "shell", "-v", "0", "-c", ADD_MEMBER_WITH_LINK)
    page.goto(f"/sign-in/link/{made.stdout.strip().splitlines()[-1]}/")
    page.click("main button")
    page.wait_for_url("**/inside/")


def test_one_page_and_two_presses_lead_out_and_one_back(house: House) -> None:
    with house.visit() as page:
        sign_in_as_member(house, page)
        open_page(page, "/account/")
        page.get_by_role("link", name="Leave").click()
        expect(page.get_by_role("heading", name="What goes and what stays")).to_be_visible()
        expect(page.get_by_label("Also stop what I am subscribed to")).not_to_be_checked()
        page.get_by_label("Why do you leave?").fill("I move away")
        page.get_by_role("button", name="Leave now").click()
        expect(page.get_by_text("You have left.")).to_be_visible()
        page.goto("/inside/")
        page.wait_for_url("**/account/leaving/")
        page.get_by_role("button", name="Undo: I stay").click()
        page.wait_for_url("**/inside/")
        expect(page.locator("#members").get_by_text("Lea")).to_be_visible()


def test_a_pause_ends_where_one_says_so(house: House) -> None:
    with house.visit() as page:
        sign_in_as_member(house, page)
        open_page(page, "/account/pause/")
        page.get_by_role("button", name="Take a pause").click()
        expect(page.get_by_text("Your pause has begun.")).to_be_visible()
        page.get_by_role("button", name="I am back").click()
        expect(page.get_by_text("You are back.")).to_be_visible()
