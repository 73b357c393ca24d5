"""The ways in, in a real browser with an authenticator of its own."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.conftest import House, open_page
from tests.people.provider import running_provider
from tests.porch_server import running_porch

pytestmark = pytest.mark.browser

BUILT_IN = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def owner(house: House) -> Iterator[tuple[Page, CDPSession]]:
    """The owner's page, in a browser that can hold passkeys."""
    with house.visit() as page:
        page.goto(house.link())
        page.click("main button")
        devtools = page.context.new_cdp_session(page)
        devtools.send("WebAuthn.enable")
        devtools.send("WebAuthn.addVirtualAuthenticator", {"options": BUILT_IN})
        yield page, devtools


def sign_out(page: Page) -> None:
    open_page(page, "/account/")
    page.locator("details.account summary").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_a_passkey_is_added_signs_in_and_is_removed(owner: tuple[Page, CDPSession]) -> None:
    page, _ = owner
    open_page(page, "/account/passkeys/")
    page.fill("#name", "Kitchen")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("link", name="Kitchen")).to_be_visible()
    sign_out(page)
    open_page(page, "/sign-in/?next=/account/passkeys/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_text("last used")).to_be_visible()
    page.get_by_role("button", name="Remove Kitchen").click()
    expect(page.get_by_text("No passkey yet")).to_be_visible()
    sign_out(page)
    open_page(page, "/sign-in/passkey/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("does not open this door")


def test_calling_it_off_says_so_and_changes_nothing(inside: Page) -> None:
    devtools = inside.context.new_cdp_session(inside)
    devtools.send("WebAuthn.enable")
    options = BUILT_IN | {"isUserVerified": False}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    open_page(inside, "/account/passkeys/")
    inside.get_by_role("button", name="Add a passkey").click()
    expect(inside.get_by_text("Nothing was changed.")).to_be_visible()


def test_a_code_by_mail_from_end_to_end(house: House) -> None:
    with house.visit(signed_in=True) as page:
        open_page(page, "/account/address/")
        if not page.get_by_text("owner@example.org").count():
            page.fill("#address", "owner@example.org")
            page.get_by_role("button", name="Send the code").click()
            page.fill("#code", newest_code(house))
            page.get_by_role("button", name="Add the address").click()
        expect(page.get_by_text("owner@example.org", exact=True)).to_be_visible()
    with house.visit(java_script_enabled=False) as page:
        page.goto("/sign-in/?next=/account/name/")
        page.fill("#address", "Owner@Example.org")
        page.get_by_role("button", name="Send me a code").click()
        page.fill("#code", newest_code(house).lower())
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(re.compile("/account/name/$"))


def test_a_provider_in_another_place_is_reached_and_comes_back(chromium: Browser) -> None:
    """The policy of our pages lets no form lead there, and says so only in a browser."""
    with running_provider() as provider:
        ours = {"oidc_issuer": provider.url, "oidc_client": "porch", "oidc_secret": "s", "oidc_label": "Home"}
        with running_porch(**ours) as server:
            server.run("person", "add", "ben@example.org", "--name", "Ben")
            page = chromium.new_page(base_url=server.url)
            page.goto("/sign-in/?next=/account/")
            page.get_by_role("button", name="Come in with Home").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Your account")
            page.close()


def newest_code(house: House) -> str:
    """Read the code in the newest letter, which is kept since no server is set."""
    code = "from tests.people.hands import code_in_mail; print(code_in_mail())"
    return house.server.run("manage", "shell", "-v", "0", "-c", code).stdout.strip()
