import pytest
from playwright.sync_api import expect

from tests.browser.conftest import House

pytestmark = pytest.mark.browser


# Noon, UTC, on 2 March 2026: the sample on the component page.
@pytest.mark.parametrize(
    ("zone", "locale", "instant", "day"),
    [
        ("Pacific/Auckland", "en-GB", "3 Mar 2026, 01:00", "3 Mar 2026"),
        ("America/St_Johns", "en-CA", "Mar 2, 2026, 8:30 a.m.", "Mar 2, 2026"),
        ("UTC", "de-DE", "Mar 2, 2026, 12:00 PM", "Mar 2, 2026"),
    ],
)
def test_times_stand_in_the_readers_zone_and_keep_utc_in_their_title(
    house: House, zone: str, locale: str, instant: str, day: str
) -> None:
    with house.visit(signed_in=True, timezone_id=zone, locale=locale) as page:
        # The browser is told both ways: what it pretends reaches scripts late on a busy machine.
        page.add_init_script(f"Object.defineProperty(navigator, 'languages', {{ value: ['{locale}'] }})")
        page.goto("/desk/components/")
        times = page.locator("section:has(#sample-time) .in-light time")
        expect(times.nth(0)).to_have_attribute("title", "2026-03-02 12:00 UTC")
        words = [text.replace("\u202f", " ").replace("\u00a0", " ") for text in times.all_inner_texts()]
        assert words == [instant, day]


def test_without_scripts_they_say_that_they_are_utc(house: House) -> None:
    with house.visit(signed_in=True, java_script_enabled=False) as page:
        page.goto("/desk/components/")
        time = page.locator("section:has(#sample-time) .in-light time").first
        expect(time).to_have_text("2 Mar 2026, 12:00 UTC")
