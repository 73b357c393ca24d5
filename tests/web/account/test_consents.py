import pytest
from django.test import Client

from porch.people.consent.models import Consent
from porch.people.consent.subjects import address_subject, person_subject
from tests.people.consent.words import stands
from tests.village import Village, browser

PAGE = "/account/consents/"
YES = {"purpose": "member-letter", "act": "given", "wording": "1"}
STOP = {"purpose": "member-letter", "act": "withdrawn"}


def test_a_switch_works_at_once_and_can_be_undone(village: Village, ben: Client) -> None:
    answer = ben.post(PAGE, YES, follow=True)
    assert stands(person_subject(village.ben))
    assert "Switched on: Letters to members" in answer.text
    assert "Undo" in answer.text
    assert "Stopped: Letters to members" in ben.post(PAGE, STOP, follow=True).text
    assert not stands(person_subject(village.ben))


def test_stopping_takes_as_many_steps_as_agreeing(ben: Client) -> None:
    assert ben.post(PAGE, YES).status_code == ben.post(PAGE, STOP).status_code == 302


def test_everyone_turns_their_own_switch_only(village: Village, ben: Client, dov: Client) -> None:
    ben.post(PAGE, YES)
    assert not stands(person_subject(village.dov))
    dov.post(PAGE, STOP)
    assert stands(person_subject(village.ben))


def test_news_are_agreed_to_by_the_address(village: Village, ben: Client) -> None:
    ben.post(PAGE, {"purpose": "news", "act": "given", "wording": "1"})
    assert stands(address_subject("ben@example.org"), "news")


def test_without_an_address_there_is_nothing_to_agree_to_by_one(village: Village, ada: Client) -> None:
    assert "has no address yet" in ada.get(PAGE).text
    assert ada.post(PAGE, {"purpose": "news", "act": "given", "wording": "1"}).status_code == 422


@pytest.mark.parametrize(
    "form",
    [{}, {"purpose": "member-letter"}, YES | {"wording": "2"}, YES | {"wording": "x"}, YES | {"wording": ""},
     YES | {"act": "maybe"}, YES | {"purpose": "everything"}, {"purpose": "account-mail", "act": "withdrawn"},
     {"purpose": "account-mail", "act": "given", "wording": "1"}, YES | {"wording": "9" * 5000}],
)  # fmt: skip
def test_what_was_never_asked_is_refused(form: dict[str, str], ben: Client) -> None:
    assert ben.post(PAGE, form).status_code in (409, 422)
    assert not Consent.objects.exists()


def test_the_history_is_told_to_its_owner(ben: Client, dov: Client) -> None:
    for form in (YES, STOP, YES):
        ben.post(PAGE, form)
    assert ben.get(PAGE).text.count("words, version 1") == 3
    assert "words, version 1" not in dov.get(PAGE).text


def test_strangers_turn_nothing(village: Village, cleo: Client) -> None:
    assert cleo.post(PAGE, YES).status_code == 403
    assert browser(village.ben, enforce_csrf_checks=True).post(PAGE, YES).status_code == 403
    assert not Consent.objects.exists()
