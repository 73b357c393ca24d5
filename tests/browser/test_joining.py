"""Somebody new joins by a link in one go, with a thumb on a small screen, and the steps are counted."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, open_page
from tests.browser.test_sign_in import newest_code

pytestmark = pytest.mark.browser

PHONE = {"viewport": {"width": 360, "height": 740}, "is_mobile": True, "has_touch": True}


class Steps:
    """Counts what a person does on a page: each field that is filled in, and each press."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def fill(self, field: str, value: str) -> None:
        self.page.fill(field, value)
        self.count += 1

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).click()
        self.count += 1


def make_link(house: House, **fields: str) -> str:
    with house.visit(signed_in=True) as page:
        open_page(page, "/inside/invites/new/")
        for name, value in fields.items():
            page.fill(f"#{name}", value)
        page.get_by_role("button", name="Make the link").click()
        return page.locator("#link").inner_text().strip()


def test_joining_by_a_link_is_five_steps_on_a_phone_without_scripts(house: House) -> None:
    link = make_link(house, note="Come and see.")
    with house.visit(java_script_enabled=False, **PHONE) as page:
        page.goto(link)
        expect(page.get_by_text("Come and see.")).to_be_visible()
        steps = Steps(page)
        steps.fill("#name", "Eve Adams")
        steps.fill("#address", "eve.adams@example.org")
        steps.press("Send me a code")
        steps.fill("#code", newest_code(house))
        steps.press("Join")
        expect(page.get_by_text("Welcome, Eve Adams.")).to_be_visible()
        assert steps.count == 5
        wide = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
        assert wide, "nothing has to be pushed aside to be read"
    with house.visit() as page:
        page.goto(link)
        expect(page.get_by_text("has been used already")).to_be_visible()


def test_an_invite_is_revoked_and_that_is_undone(house: House) -> None:
    link = make_link(house, note="By mistake")
    with house.visit(signed_in=True) as page:
        open_page(page, "/inside/invites/?state=open")
        page.get_by_role("button", name="Revoke the invitation By mistake").click()
        expect(page.get_by_role("status")).to_contain_text("revoked")
        with house.visit() as stranger:
            stranger.goto(link)
            expect(stranger.get_by_text("was revoked")).to_be_visible()
        page.get_by_role("status").get_by_role("button", name="Undo").click()
        expect(page.get_by_text("open again")).to_be_visible()


def test_a_list_is_pasted_and_each_line_answered(inside: Page) -> None:
    open_page(inside, "/inside/invites/list/")
    inside.fill("#list", "Fay <fay@example.org>; gus@example.org\nnobody at all")
    inside.get_by_role("button", name="Look through it").click()
    expect(inside.get_by_text("2 addresses are new")).to_be_visible()
    expect(inside.get_by_role("cell", name="nobody at all")).to_be_visible()
    inside.get_by_role("button", name="Send 2 letters").click()
    expect(inside.get_by_text("2 addresses are invited")).to_be_visible()
    expect(inside).to_have_url(re.compile("/inside/invites/list/$"))
