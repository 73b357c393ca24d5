"""The owner asks the questions of the house and opens it; what is sent stands there after a reload."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import open_page

pytestmark = pytest.mark.browser


def test_questions_are_set_and_the_empty_list_says_what_comes(inside: Page) -> None:
    open_page(inside, "/inside/circles/community/questions/")
    inside.fill("#text-0", "What brings you here?")
    inside.click("main button:has-text('Save')")
    expect(inside.locator("[role=status]")).to_contain_text("The questions are saved")
    open_page(inside, "/inside/circles/community/questions/")
    expect(inside.locator("#text-0")).to_have_value("What brings you here?")
    expect(inside.locator("[role=status]")).to_have_count(0)
    open_page(inside, "/inside/requests/")
    expect(inside.locator("main")).to_contain_text("Nothing to decide")
    inside.click("nav.tabs a:has-text('Waiting list')")
    expect(inside.locator("main")).to_contain_text("Nobody waits for a seat")
    open_page(inside, "/inside/vouches/")
    expect(inside.locator("main")).to_contain_text("Nobody needs a vouch")
