"""Members talk: a space, a topic, an answer, from a desk and from a telephone without scripts."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House

pytestmark = pytest.mark.browser


def test_a_space_a_topic_and_an_answer_from_a_telephone(house: House) -> None:
    house.owner = house.owner or house.sign_in()
    with house.visit(
        signed_in=True, java_script_enabled=False, viewport={"width": 360, "height": 740}
    ) as page:
        page.goto("/inside/spaces/")
        page.get_by_role("link", name="Make a space").click()
        page.get_by_label("Name", exact=True).fill("Workshop")
        page.get_by_role("button", name="Make it").click()
        expect(page.get_by_text("Nobody has begun a topic yet")).to_be_visible()
        page.get_by_role("link", name="Begin a topic").click()
        page.get_by_label("Title").fill("Which glue holds on wet oak?")
        page.get_by_label("Kind").select_option("question")
        page.get_by_label("What you want to say").fill("I tried **PVA**.")
        page.get_by_role("button", name="Preview").click()
        expect(page.locator(".preview strong")).to_have_text("PVA")
        page.get_by_role("button", name="Post it").click()
        expect(page.get_by_role("heading", name="Which glue holds on wet oak?")).to_be_visible()
        assert fits(page)
        page.locator("#p1").get_by_role("button", name="Reply").click()
        expect(page.get_by_text("You reply to #1")).to_be_visible()
        page.get_by_label("Your post").fill("Resorcinol.\n\n" + "x" * 200)
        page.get_by_role("button", name="Post it").click()
        expect(page.locator("#p2")).to_contain_text("reply to #1")
        page.locator("#p2").get_by_role("button", name="Mark as answer").click()
        expect(page.get_by_text("The answer is marked.")).to_be_visible()
        assert fits(page)


def test_an_edit_keeps_what_it_said_before(house: House) -> None:
    house.owner = house.owner or house.sign_in()
    with house.visit(signed_in=True) as page:
        page.goto("/inside/spaces/new/")
        page.get_by_label("Name", exact=True).fill("Yard")
        page.get_by_role("button", name="Make it").click()
        page.get_by_role("link", name="Begin a topic").click()
        page.get_by_label("Title").fill("Bread")
        page.get_by_label("What you want to say").fill("Rye or wheat?")
        page.get_by_role("button", name="Post it").click()
        page.locator("#p1").get_by_role("link", name="Edit").click()
        page.get_by_label("Your post").fill("Rye or spelt?")
        page.get_by_role("button", name="Save").click()
        page.locator("#p1").get_by_role("link", name="edited").click()
        expect(page.locator("del")).to_have_text("wheat")
        expect(page.locator("ins")).to_have_text("spelt")
        page.go_back()
        page.locator("#p1").get_by_role("link", name="Delete").click()
        page.get_by_role("button", name="Delete it").click()
        expect(page.get_by_text("This post was deleted by whoever wrote it.")).to_be_visible()
        page.locator("#p1").get_by_role("link", name="Restore").click()
        page.get_by_role("button", name="Restore it").click()
        expect(page.locator("#p1")).to_contain_text("Rye or spelt?")


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth") <= 360)


@pytest.mark.parametrize("width", [320, 360, 600, 900])
def test_no_room_of_the_header_is_cut(house: House, width: int) -> None:
    house.owner = house.owner or house.sign_in()
    with house.visit(
        signed_in=True, java_script_enabled=False, viewport={"width": width, "height": 740}
    ) as page:
        for address in ("/inside/spaces/", "/desk/"):
            page.goto(address)
            rooms = page.locator(".top .rooms a")
            assert rooms.count() >= 7
            for each in rooms.all():
                box = each.bounding_box()
                assert box is not None
                assert 0 <= box["x"] < box["x"] + box["width"] <= width
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
