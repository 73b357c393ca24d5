"""A person makes a token on a telephone without scripts, a program uses it, and the person ends it."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import House

pytestmark = pytest.mark.browser


def test_a_token_is_made_used_and_revoked(house: House) -> None:
    narrow = {"java_script_enabled": False, "viewport": {"width": 360, "height": 740}}
    with house.visit(signed_in=True, **narrow) as page, house.server.client() as program:
        page.goto("/account/")
        page.get_by_role("link", name="API tokens").click()
        page.get_by_role("link", name="Make a token").click()
        page.get_by_role("textbox", name="Name").fill("Calendar")
        page.get_by_label("list the members").check()
        page.get_by_role("button", name="Make the token").click()
        expect(page.get_by_text("It is shown this once.")).to_be_visible()
        bearer = {"authorization": f"Bearer {page.locator('#token-secret').inner_text()}"}
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert program.get("/api/v1/members", headers=bearer).status_code == 200
        assert program.get("/api/v1/me", headers=bearer).status_code == 403
        page.get_by_role("link", name="I have kept it").click()
        page.get_by_role("button", name="Revoke Calendar").click()
        expect(page.get_by_text("The token is revoked.")).to_be_visible()
        assert program.get("/api/v1/members", headers=bearer).status_code == 401
