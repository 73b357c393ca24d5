import pytest
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator as Row
from django.test import Client, override_settings
from fido2.utils import websafe_encode

from porch.people.sign_in import passkeys
from porch.people.sign_in.adapters import FactorAdapter
from tests.people.authenticator import Authenticator, add_passkey, options, show_passkey
from tests.people.hands import is_in, letters, newest
from tests.village import Village, browser


def test_a_passkey_signs_in_without_an_address(ben: Client) -> None:
    key, later = add_passkey(ben, name="Telephone"), browser()
    assert letters()[-1].to_address == "ben@example.org"
    assert "Telephone" in newest()
    assert show_passkey(later, key).headers["Location"] == "/inside/"
    assert is_in(later)
    assert Row.objects.get().last_used_at is not None


def test_the_session_gets_a_new_key(ben: Client) -> None:
    key, later = add_passkey(ben), browser()
    asked = options(later, "/sign-in/passkey/")
    before = later.cookies["porch"].value
    later.post("/sign-in/passkey/", {"credential": key.show(asked)})
    assert later.cookies["porch"].value != before


@pytest.mark.parametrize(
    "origin",
    [
        "http://evil.example",
        "http://localhost:9",
        "http://neighbour.localhost:8000",
        "https://localhost:8000",
    ],
)
def test_it_is_made_and_shown_at_home_only(ben: Client, origin: str) -> None:
    add_passkey(ben, Authenticator(origin=origin))
    assert Row.objects.count() == 0
    key, later = add_passkey(ben), browser()
    key.origin = origin
    assert show_passkey(later, key).status_code == 422
    assert not is_in(later)


def test_a_passkey_of_another_domain_is_refused(ben: Client) -> None:
    add_passkey(ben, Authenticator(domain="evil.example"))
    assert Row.objects.count() == 0


def test_a_key_that_does_not_look_who_holds_it_is_refused(ben: Client) -> None:
    add_passkey(ben, Authenticator(verifies=False))
    assert Row.objects.count() == 0
    key, later = add_passkey(ben), browser()
    key.verifies = False
    assert show_passkey(later, key).status_code == 422


def test_a_removed_passkey_opens_nothing(ben: Client) -> None:
    key, later = add_passkey(ben, name="Old key"), browser()
    ben.post(f"/account/passkeys/{Row.objects.get().pk}/removal/")
    assert "Old key" in newest()
    assert show_passkey(later, key).status_code == 422
    assert not is_in(later)


def test_what_was_shown_once_is_of_no_use_again(ben: Client) -> None:
    key, later, thief = add_passkey(ben), browser(), browser()
    shown = key.show(options(later, "/sign-in/passkey/"))
    assert later.post("/sign-in/passkey/", {"credential": shown}).status_code == 302
    later.post("/sign-out/")
    assert later.post("/sign-in/passkey/", {"credential": shown}).status_code == 422
    options(thief, "/sign-in/passkey/")
    assert thief.post("/sign-in/passkey/", {"credential": shown}).status_code == 422


def test_a_passkey_does_not_name_somebody_else(village: Village) -> None:
    key, later = add_passkey(browser(village.ben)), browser()
    add_passkey(browser(village.ada))
    handle = websafe_encode(user_pk_to_url_str(village.ada).encode())
    shown = key.show(options(later, "/sign-in/passkey/"), handle)
    assert later.post("/sign-in/passkey/", {"credential": shown}).status_code == 422


@pytest.mark.parametrize(
    "sent",
    ["", "{}", "[]", "null", "x", "[" * 9_000, '{"id": 1, "response": []}', "1" * 30_000, '{"response": {}}'],
)
def test_anything_else_is_refused(village: Village, sent: str) -> None:
    stranger = browser()
    options(stranger, "/sign-in/passkey/")
    assert stranger.post("/sign-in/passkey/", {"credential": sent}).status_code in (200, 422)
    assert not is_in(stranger)


def test_somebody_shut_out_is_out(village: Village) -> None:
    key, later = add_passkey(browser(village.ben)), browser()
    village.ben.is_active = False
    village.ben.save()
    assert show_passkey(later, key).status_code == 403
    assert not is_in(later)


def test_the_domain_comes_from_the_setting(village: Village) -> None:
    for host, status in (("127.0.0.1:8000", 307), ("evil.example", 400)):
        answer = browser().post("/sign-in/passkey/", {"ask": "options"}, headers={"host": host})
        assert answer.status_code == status
    assert options(browser(), "/sign-in/passkey/")["publicKey"]["rpId"] == "localhost"
    with override_settings(PORCH_URL="https://porch.example:8443"):
        assert FactorAdapter().get_public_key_credential_rp_entity()["id"] == "porch.example"


@pytest.mark.parametrize(
    ("url", "possible"),
    [
        ("http://localhost:8000", True),
        ("https://porch.example", True),
        ("http://porch.example", False),
        ("http://127.0.0.1:8000", False),
        ("https://[::1]", False),
    ],
)
def test_where_browsers_allow_none_the_page_says_so(url: str, possible: bool) -> None:
    with override_settings(PORCH_URL=url):
        assert passkeys.are_possible() is possible


def test_ten_are_as_many_as_one_can_have(village: Village) -> None:
    ben = browser(village.ben)
    Row.objects.bulk_create(
        Row(user=village.ben, type="webauthn", data={"name": str(n), "credential": {}}) for n in range(10)
    )
    assert ben.post("/account/passkeys/", {"ask": "options"}).status_code == 409


def test_nobody_touches_another_s_passkey(village: Village) -> None:
    add_passkey(browser(village.ben))
    number = Row.objects.get().pk
    ada = browser(village.ada)
    assert ada.post(f"/account/passkeys/{number}/removal/").status_code == 404
    assert ada.post(f"/account/passkeys/{number}/", {"name": "Mine"}).status_code == 404
    assert Row.objects.get().wrap().name == "Key"


def test_a_passkey_gets_another_name(village: Village) -> None:
    ben = browser(village.ben)
    add_passkey(ben)
    number = Row.objects.get().pk
    assert ben.post(f"/account/passkeys/{number}/", {"name": " "}).status_code == 422
    ben.post(f"/account/passkeys/{number}/", {"name": "  Green   key "})
    assert Row.objects.get().wrap().name == "Green key"


def test_a_key_that_was_found_does_not_confirm_who_somebody_is(ben: Client, village: Village) -> None:
    key, stale = add_passkey(ben), browser(village.ben, recent=False)
    key.verifies = False
    assert show_passkey(stale, key, "/account/confirm/", way="passkey").status_code == 422
    assert stale.get("/account/address/").status_code == 302, "it still asks"


def test_challenges_are_not_made_without_end(village: Village) -> None:
    answers = [browser().post("/sign-in/passkey/", {"ask": "options"}).status_code for _ in range(201)]
    assert (set(answers[:200]), answers[200]) == ({200}, 429)


def test_each_browser_is_asked_for_what_is_then_demanded(ben: Client) -> None:
    """Told that a proof of the person is merely preferred, an honest key may leave it out and be refused."""
    add_passkey(ben)
    for client, path in ((browser(), "/sign-in/passkey/"), (ben, "/account/confirm/")):
        assert options(client, path, way="passkey")["publicKey"]["userVerification"] == "required", path
