"""What is grave wants a proof under fifteen minutes old, and nobody is waived."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from porch.kit.time import now, to_micros
from porch.people.identity.actions import issue_sign_in_link
from porch.people.identity.models import Person
from porch.people.sign_in.recent import KEY
from tests.people.authenticator import add_passkey, options, show_passkey
from tests.people.hands import app_shows, code_in_mail, give_app, letters, sign_in, throw_letters_away
from tests.village import Village, browser, prove

CONFIRM = "/account/confirm/"
GRAVE = [
    "/account/address/",
    "/account/password/",
    "/account/passkeys/",
    "/account/second-factor/",
    "/account/second-factor/app/",
    "/account/recovery-codes/",
]
LATE = timedelta(minutes=15)


def late(person: Person) -> Client:
    client = browser(person)
    prove(client, ago=LATE)
    return client


@pytest.mark.parametrize("path", GRAVE)
def test_grave_pages_ask_who_came_in_long_ago(village: Village, path: str) -> None:
    client = browser(village.ben)
    prove(client, ago=LATE - timedelta(seconds=30))
    assert client.get(path).status_code == 200
    for ago in (LATE, timedelta(days=400), -timedelta(minutes=5)):
        prove(client, ago=ago)
        assert client.get(path).headers["Location"].startswith(CONFIRM + "?next=/account/")


def test_a_session_that_never_said_when_is_asked(village: Village) -> None:
    assert browser(village.ben, recent=False).get(GRAVE[0]).status_code == 302
    client = browser(village.ben)
    for wrong in ("now", None, [1], {}):
        session = client.session
        session[KEY] = wrong
        session.save()
        assert client.get(GRAVE[0]).status_code == 302


def test_signing_in_counts(village: Village) -> None:
    ben = browser()
    sign_in(ben, "ben@example.org")
    assert ben.get("/account/address/").status_code == 200


def test_who_has_only_an_address_confirms_by_mail(village: Village) -> None:
    """Allauth would waive it for an account with neither password nor second factor."""
    ben = late(village.ben)
    assert ben.post(CONFIRM, {"way": "mail"}).status_code == 200
    assert letters()[-1].to_address == "ben@example.org"
    assert ben.post(CONFIRM, {"way": "mail", "code": "WRONG"}).status_code == 422
    answer = ben.post(CONFIRM, {"way": "mail", "code": code_in_mail(), "next": "/account/passkeys/"})
    assert answer.headers["Location"] == "/account/passkeys/"
    assert ben.get("/account/passkeys/").status_code == 200


def test_who_has_something_better_does_not_confirm_by_mail(village: Village) -> None:
    add_passkey(browser(village.ben))
    throw_letters_away()
    ben = late(village.ben)
    assert "Send me a code" not in ben.get(CONFIRM).text
    ben.post(CONFIRM, {"way": "mail"})
    assert letters() == []


def test_a_sign_in_code_does_not_confirm(village: Village) -> None:
    ben, other = late(village.ben), browser()
    ben.post(CONFIRM, {"way": "mail"})
    other.post("/sign-in/", {"address": "ben@example.org"})
    assert ben.post(CONFIRM, {"way": "mail", "code": code_in_mail()}).status_code == 422


def test_confirming_by_password(village: Village) -> None:
    village.ben.set_password("correct horse battery")
    village.ben.save()
    ben = late(village.ben)
    assert ben.post(CONFIRM, {"way": "password", "password": "wrong"}).status_code == 422
    assert ben.post(CONFIRM, {"way": "password", "password": "correct horse battery"}).status_code == 302
    assert ben.get("/account/password/").status_code == 200


def test_confirming_by_app(village: Village) -> None:
    factor, ben = give_app(village.ben), late(village.ben)
    assert ben.post(CONFIRM, {"way": "app", "code": app_shows(factor)}).status_code == 302
    assert ben.get("/account/second-factor/").status_code == 200


def test_confirming_by_passkey(village: Village) -> None:
    key, ben = add_passkey(browser(village.ben)), late(village.ben)
    foreign = add_passkey(browser(village.ada))
    assert show_passkey(ben, foreign, CONFIRM, way="passkey").status_code == 422
    assert show_passkey(ben, key, CONFIRM, way="passkey").status_code == 302
    assert ben.get("/account/passkeys/").status_code == 200


def test_what_was_asked_for_a_new_passkey_is_not_answered_by_an_old_one(village: Village) -> None:
    ben = browser(village.ben)
    key = add_passkey(ben)
    asked = options(ben, "/account/passkeys/")
    prove(ben, ago=LATE)
    assert ben.post(CONFIRM, {"way": "passkey", "credential": key.make(asked)}).status_code == 422


def test_an_owner_with_nothing_confirms_by_a_new_link(village: Village) -> None:
    assert not EmailAddress.objects.filter(user_id=village.ada.pk).exists()
    ada = late(village.ada)
    page = ada.get(CONFIRM)
    assert "porch owner-link" in page.text
    assert ada.post(CONFIRM, {"way": "link"}).status_code == 200
    assert ada.get("/account/address/").status_code == 302
    ada.post(f"/sign-in/link/{issue_sign_in_link(person=village.ada, at=now())}/")
    assert ada.get("/account/address/").status_code == 200


def test_guesses_are_counted(village: Village) -> None:
    village.ben.set_password("correct horse battery")
    village.ben.save()
    ben = late(village.ben)
    answers = [ben.post(CONFIRM, {"way": "password", "password": "wrong"}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]
    assert ben.post(CONFIRM, {"way": "password", "password": "correct horse battery"}).status_code == 429


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", "/\\evil.example"])
def test_it_leads_nowhere_else(village: Village, wanted: str) -> None:
    ben = late(village.ben)
    ben.post(CONFIRM, {"way": "mail"})
    answer = ben.post(CONFIRM, {"way": "mail", "code": code_in_mail(), "next": wanted})
    assert answer.headers["Location"] == "/account/"


def test_what_was_sent_too_late_waits_and_is_sent_again(village: Village) -> None:
    ben = late(village.ben)
    fields = {"password": 'quote " and <tag> of it'}
    page = ben.post("/account/password/", fields)
    assert page.status_code == 403
    assert "quote &#34; and &lt;tag&gt; of it" in page.text
    assert not Person.objects.get(pk=village.ben.pk).has_usable_password()
    prove(ben)
    assert ben.post("/account/password/", fields).status_code == 302
    assert Person.objects.get(pk=village.ben.pk).has_usable_password()


def test_the_time_is_in_the_session_and_not_in_what_is_sent(village: Village) -> None:
    ben = late(village.ben)
    assert ben.get(f"/account/address/?{KEY}={to_micros(now())}").status_code == 302
