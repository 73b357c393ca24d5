import pytest
from playwright.sync_api import Page

from tests.browser.conftest import House

pytestmark = pytest.mark.browser

GROUND = "getComputedStyle(document.documentElement).backgroundColor"
DAY, NIGHT = "rgb(252, 251, 248)", "rgb(20, 23, 27)"


@pytest.mark.parametrize(("system", "ground"), [("light", DAY), ("dark", NIGHT)])
def test_a_page_follows_the_system_until_told_otherwise(house: House, system: str, ground: str) -> None:
    with house.visit(color_scheme=system) as page:
        page.goto("/sign-in/")
        assert page.evaluate(GROUND) == ground


def test_the_choice_is_remembered_and_can_be_taken_back(outside: Page) -> None:
    outside.goto("/")
    outside.get_by_label("Dark").check()
    assert outside.evaluate(GROUND) == NIGHT
    outside.goto("/sign-in/")
    assert outside.evaluate(GROUND) == NIGHT
    assert outside.locator("meta[name=theme-color]").first.get_attribute("content") == NIGHT
    outside.get_by_label("Auto").check()
    outside.reload()
    assert outside.evaluate(GROUND) == DAY


def test_the_choice_stands_before_anything_is_painted(outside: Page) -> None:
    outside.goto("/")
    first = outside.locator("head script, head link").first
    assert str(first.get_attribute("src")).endswith("/js/first.js")
    assert not any(first.get_attribute(name) is not None for name in ("type", "async", "defer"))


def test_the_other_tab_follows(outside: Page) -> None:
    outside.goto("/")
    other = outside.context.new_page()
    other.goto("/sign-in/")
    outside.get_by_label("Dark").check()
    other.wait_for_function("document.documentElement.dataset.theme === 'dark'")


def test_a_browser_that_stores_nothing_still_gets_pages(outside: Page) -> None:
    outside.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('shut') } })"
    )
    outside.goto("/")
    outside.get_by_label("Dark").check()
    assert outside.evaluate(GROUND) == NIGHT
