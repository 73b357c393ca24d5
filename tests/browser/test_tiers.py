import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import House, open_page

pytestmark = pytest.mark.browser


def test_a_tier_is_made_given_and_paid(house: House, inside: Page) -> None:
    open_page(inside, "/inside/tiers/new/")
    inside.fill("#name", "Browser gold")
    inside.fill("#price", "24,50")
    inside.fill("#currency", "EUR")
    inside.select_option("#period", "month")
    inside.click("text=Save")
    expect(inside.locator("main")).to_contain_text("€24.50")

    house.add_member("Greta Gold")
    newest = "from porch.community.models import Member; print(Member.objects.latest('pk').pk)"
    number = house.server.run("manage", "shell", "-v", "0", "-c", newest).stdout.strip()
    open_page(inside, f"/inside/members/{number}/tier/")
    inside.select_option("#tier", label="Browser gold")
    soon = datetime.now(UTC).date() + timedelta(days=5)
    inside.fill("#renews_on", soon.isoformat())
    inside.click("text=Set it")
    expect(inside.locator("main")).to_contain_text("The tier is set.")

    open_page(inside, "/inside/renewals/")
    row = inside.locator(".row", has_text="Greta Gold")
    row.get_by_role("button", name=re.compile("Record €24.50")).click()
    expect(inside.locator("main")).to_contain_text("the tier is renewed")
    expect(inside.locator("main .rows .row", has_text="Greta Gold")).to_have_count(0)
    open_page(inside, f"/inside/members/{number}/tier/")
    expect(inside.locator("main")).to_contain_text("renewed until")
