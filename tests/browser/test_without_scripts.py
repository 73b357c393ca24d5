"""Everything that one can do here, in a browser that runs no scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(house: House) -> Iterator[Page]:
    """The owner's page, without scripts."""
    with house.visit(signed_in=True, java_script_enabled=False) as page:
        yield page


def test_a_link_leads_inside_and_the_menu_leads_out(house: House) -> None:
    with house.visit(java_script_enabled=False) as page:
        page.goto(house.link())
        page.click("main button")
        assert page.url.endswith("/desk/")
        page.goto("/sign-out/")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign out?")
        page.click("text=Stay")
        page.click("summary")
        page.click("text=Sign out")
        expect(page.get_by_role("link", name="Sign in")).to_be_visible()
        page.goto("/inside/")
        assert "/sign-in/" in page.url


def test_a_piece_is_looked_at_then_published(plain: Page) -> None:
    plain.goto("/desk/articles/new/")
    plain.fill("#title", "Written plainly")
    plain.fill("#source", "The first line.")
    plain.click("text=Preview")
    expect(plain.locator(".preview .prose p")).to_have_text("The first line.")
    assert plain.input_value("#source") == "The first line."
    plain.click("button:has-text('Publish')")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Written plainly")
    plain.goto("/")
    expect(plain.get_by_role("link", name="Written plainly")).to_be_visible()


def test_a_refused_piece_keeps_its_text_and_says_where(plain: Page) -> None:
    for _ in range(2):
        plain.goto("/desk/articles/new/")
        plain.fill("#title", "Told twice")
        plain.fill("#source", "Kept")
        plain.click("button:has-text('Publish')")
    expect(plain.get_by_role("alert")).to_contain_text("Another article has this address already")
    expect(plain.get_by_label("Title")).to_have_attribute("aria-invalid", "true")
    assert plain.input_value("#source") == "Kept"


def test_the_door_sign_goes_up_and_is_taken_back(plain: Page) -> None:
    plain.goto("/desk/bridge/")
    plain.click("text=Put it up")
    expect(plain.get_by_role("status")).to_contain_text("The sign is up")
    plain.goto("/")
    expect(plain.get_by_role("complementary", name="Door sign")).to_contain_text("behind this door")
    plain.goto("/desk/bridge/")
    expect(plain.get_by_role("status")).to_have_count(0)
    plain.click("text=Take it down")
    plain.click("text=Undo")
    expect(plain.get_by_role("status")).to_contain_text("The sign is up")
    plain.click("text=Undo")
    expect(plain.get_by_role("status")).to_contain_text("The sign is down")
    plain.goto("/")
    expect(plain.get_by_role("complementary", name="Door sign")).to_have_count(0)


def test_nothing_is_offered_that_only_scripts_could_do(plain: Page) -> None:
    plain.goto("/desk/components/")
    expect(plain.locator(".needs-js:visible")).to_have_count(0)
    plain.click("a[data-dialog]:visible >> nth=0")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Sign out?")
