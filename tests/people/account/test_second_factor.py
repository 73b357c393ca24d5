import re

from allauth.mfa.models import Authenticator as Row
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from porch.kit.time import now
from porch.people.sign_in.second_step import check_step, wants_second_step
from tests.people.authenticator import add_passkey
from tests.people.hands import give_app, is_in, newest, sign_in
from tests.village import Village, browser

APP = "/account/second-factor/app/"


def shown(client: Client) -> str:
    """Type the secret of the page into an app, and read its code."""
    secret = re.search(r'<pre id="secret"[^>]*>([A-Z2-7 ]+)</pre>', client.get(APP).text)
    assert secret
    counters = list(yield_hotp_counters_from_time())
    return format_hotp_value(hotp_value(secret[1].replace(" ", ""), counters[1]))


def test_an_app_is_set_up_by_its_first_code(village: Village) -> None:
    ben = browser(village.ben)
    code = shown(ben)
    assert ben.post(APP, {"code": "000000"}).status_code == 422
    assert not wants_second_step(village.ben)
    answer = ben.post(APP, {"code": code})
    assert len(re.findall(r"^\d{4} \d{4}$", answer.text, re.MULTILINE)) == 10
    assert wants_second_step(village.ben)
    assert "An app for codes was added" in newest()
    assert "svg" not in ben.get("/account/second-factor/").text.partition("<main")[2].partition("data:")[2]


def test_the_picture_is_one_that_the_policy_lets_in(village: Village) -> None:
    assert 'src="data:image/svg+xml;base64,' in browser(village.ben).get(APP).text


def test_with_a_passkey_one_can_be_asked_and_stop_it(village: Village) -> None:
    ben = browser(village.ben)
    assert ben.post("/account/second-factor/", {"ask": "yes"}).status_code == 409
    add_passkey(ben)
    assert "shown this once" in ben.post("/account/second-factor/", {"ask": "yes"}).text
    assert wants_second_step(village.ben)
    ben.post("/account/second-factor/", {"ask": "no"})
    assert not wants_second_step(village.ben)
    assert not Row.objects.filter(type="recovery_codes").exists()


def test_recovery_codes_are_shown_once(village: Village) -> None:
    give_app(village.ben)
    ben = browser(village.ben)
    codes = re.findall(r"^(\d{4}) (\d{4})$", ben.post("/account/recovery-codes/").text, re.MULTILINE)
    again = ben.get("/account/recovery-codes/").text
    assert len(codes) == 10
    assert not any(f"{a} {b}" in again or a + b in again for a, b in codes)
    assert "10 of them are left" in again
    assert ben.get("/account/recovery-codes/").headers["Cache-Control"] == "private, no-store"


def test_without_a_second_step_there_are_no_recovery_codes(village: Village) -> None:
    assert browser(village.ben).post("/account/recovery-codes/").status_code == 409


def test_removing_the_app_ends_it(village: Village) -> None:
    give_app(village.ben)
    browser(village.ben).post("/account/second-factor/app/removal/")
    assert not wants_second_step(village.ben)
    assert "The app for codes was removed" in newest()


def test_an_app_beside_a_passkey_leaves_the_recovery_codes_as_they_were(village: Village) -> None:
    ben = browser(village.ben)
    add_passkey(ben)
    code = re.findall(
        r"^(\d{4}) (\d{4})$", ben.post("/account/second-factor/", {"ask": "yes"}).text, re.MULTILINE
    )[0]
    assert ben.post(APP, {"code": shown(ben)}).status_code == 302
    assert check_step(person=village.ben, code="".join(code), at=now()).type == "recovery_codes"


def test_the_code_that_sets_up_an_app_is_good_for_nothing_more(village: Village) -> None:
    ben = browser(village.ben)
    ben.get("/account/second-factor/app/")
    code = shown(ben)
    assert ben.post(APP, {"code": code}).status_code in (200, 302)
    later = browser()
    sign_in(later, "ben@example.org")
    assert later.post("/sign-in/second-step/", {"code": code}).status_code == 422
    assert not is_in(later)
