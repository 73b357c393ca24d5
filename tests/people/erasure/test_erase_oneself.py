"""Having oneself erased: seen before, done by oneself, told on the page and by a last letter that is forgotten."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from porch.community.circles.models import Circle
from porch.community.membership.models import Member
from porch.community.roles.limits import LastOwner
from porch.community.roles.models import Role, RoleHolder
from porch.engine.audit.models import AuditEntry
from porch.engine.files.store import LocalStore
from porch.engine.outbox.models import Delivery, DeliveryBody
from porch.engine.outbox.states import State
from porch.kit.refusals import NotFound
from porch.people.delivery.server import read_server
from porch.people.erasure.actions import AFTERMATH, clear_aftermath, erase_oneself
from porch.people.erasure.models import Erasure
from porch.people.identity.models import Operator, Person
from porch.people.identity.operators import LastOperator
from porch.people.sessions.models import Session
from tests.engine.files.conftest import shelf  # noqa: F401 - a fixture
from tests.engine.promises.owing import at_once
from tests.people.erasure.fullness import everything_kept, live_fully
from tests.people.holdings.filling import live_in_every_table
from tests.people.mails import html_of, text_of
from tests.village import NOON, Village, add_steward, browser, build_village

PAGE = "/account/holdings/erasure/"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def mail(settings: Settings) -> None:
    """A house that has a mail server. Nobody speaks with it here."""
    settings.PORCH_MAIL_SERVER = read_server("smtp://localhost:1")


def names_dov(kept: str) -> bool:
    """Look for the name as a word: three letters of a key may spell it."""
    return bool(re.search(r"\bdov\b", kept, re.IGNORECASE))


def the_letter() -> Delivery:
    return Delivery.objects.get(kind="people/erasure/mail/receipt")


def test_nothing_of_them_stays(village: Village, shelf: LocalStore) -> None:  # noqa: F811
    live_in_every_table(village)
    Erasure.objects.all().delete()  # whoever is here was not erased yet
    erase_oneself(person=village.dov, at=NOON)
    assert not names_dov(everything_kept())


def test_the_receipt_is_that_of_any_erasure_and_who_did_it_is_gone(village: Village) -> None:
    live_fully(village)
    lines = {line.table: line for line in erase_oneself(person=village.dov, at=NOON)}
    assert (lines["people.Person"].deleted, lines["audience.Article"].kept) == (1, 1)
    (entry,) = AuditEntry.objects.filter(act="person-erased")
    assert (entry.is_by_person, entry.by_id) == (True, None)
    assert not Session.objects.filter(person=village.dov.pk).exists()


def test_the_receipt_goes_out_by_mail(village: Village, mail: None) -> None:
    erase_oneself(person=village.dov, at=NOON)
    letter = the_letter()
    assert (letter.to_address, letter.ground, letter.state) == (
        "dov@example.org", "receipt of erasure", State.QUEUED,
    )  # fmt: skip
    for text in (text_of(letter), html_of(letter)):
        assert "Who somebody is here" in text
        assert "Dov" not in text


def test_the_letter_keeps_its_address_until_it_is_out_and_not_longer(village: Village, mail: None) -> None:
    erase_oneself(person=village.dov, at=NOON)
    clear_aftermath(at=NOON + 10 * MINUTE)
    assert the_letter().to_address == "dov@example.org", "it has not gone out yet"
    Delivery.objects.update(state=State.ACCEPTED)
    clear_aftermath(at=NOON + 20 * MINUTE)
    assert (the_letter().to_address, the_letter().subject) == ("", "")
    assert not DeliveryBody.objects.exists()
    assert not names_dov(everything_kept())


def test_a_letter_that_never_goes_out_is_given_up_after_two_days(village: Village, mail: None) -> None:
    erase_oneself(person=village.dov, at=NOON)
    clear_aftermath(at=NOON + AFTERMATH - timedelta(seconds=1))
    assert the_letter().to_address
    clear_aftermath(at=NOON + AFTERMATH)
    assert the_letter().to_address == ""
    assert Erasure.objects.get().address_hashes == []
    assert not names_dov(everything_kept())


def test_without_mail_or_address_no_letter_lies_about(village: Village) -> None:
    erase_oneself(person=village.dov, at=NOON)
    assert not Delivery.objects.filter(kind="people/erasure/mail/receipt").exists()


def test_the_last_operator_stays(village: Village) -> None:
    with pytest.raises(LastOperator):
        erase_oneself(person=village.ada, at=NOON)
    assert Person.objects.filter(pk=village.ada.pk).exists()


def test_the_last_owner_stays_until_there_is_another(village: Village) -> None:
    Operator.objects.create(person=village.ben, since=NOON)
    with pytest.raises(LastOwner):
        erase_oneself(person=village.ada, at=NOON)
    role = Role.objects.get(key="owner", circle=Circle.objects.get(is_whole=True))
    ben = Member.objects.get(person=village.ben)
    RoleHolder.objects.create(role=role, member=ben, given_at=NOON)
    add_steward()
    Member.objects.filter(pk=ben.pk).update(left_at=NOON)
    with pytest.raises(LastOwner):  # an owner who has left is none
        erase_oneself(person=village.ada, at=NOON)
    Member.objects.filter(pk=ben.pk).update(left_at=None)
    erase_oneself(person=village.ada, at=NOON)


def test_an_owner_with_nobody_else_in_the_community_may_go(village: Village) -> None:
    Operator.objects.create(person=village.dov, since=NOON)
    Member.objects.filter(person=village.ben).update(left_at=NOON)
    erase_oneself(person=village.ada, at=NOON)
    assert not Person.objects.filter(pk=village.ada.pk).exists()


def test_whoever_is_gone_or_shut_out_is_not_found(village: Village) -> None:
    village.ben.is_active = False
    village.ben.save()
    for person in (village.ben, Person(pk=10**12)):
        with pytest.raises(NotFound):
            erase_oneself(person=person, at=NOON)


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_go_at_once_do_not_both_go() -> None:
    village = build_village()
    Operator.objects.create(person=village.ben, since=NOON)
    Operator.objects.create(person=village.dov, since=NOON)
    ada = RoleHolder.objects.get(role__key="owner")
    RoleHolder.objects.create(role=ada.role, member=Member.objects.get(person=village.ben), given_at=NOON)
    add_steward()
    came = at_once(
        lambda: erase_oneself(person=village.ada, at=NOON), lambda: erase_oneself(person=village.ben, at=NOON)
    )
    assert sorted(type(each).__name__ for each in came) == ["LastOwner", "list"]


def test_the_page_shows_what_goes_asks_and_does_it(village: Village, dov: Client, mail: None) -> None:
    live_fully(village)
    page = dov.get(PAGE).text
    assert "Who somebody is here" in page
    assert "kept" in page
    assert dov.post(PAGE).status_code == 422
    assert Person.objects.filter(pk=village.dov.pk).exists()
    answer = dov.post(PAGE, {"sure": "yes"})
    assert answer.status_code == 200
    assert "You are erased" in answer.text
    assert "on its way to you by mail" in answer.text
    assert "dov" not in answer.text.lower()
    assert dov.get("/account/").status_code == 302
    assert dov.post(PAGE, {"sure": "yes"}).status_code == 403
    assert Erasure.objects.count() == 1


def test_what_is_refused_is_said_on_the_page(ada: Client) -> None:
    answer = ada.post(PAGE, {"sure": "yes"})
    assert answer.status_code == 409
    assert "last operator" in answer.text


def test_it_wants_a_fresh_proof_and_nobody_erases_another(village: Village, cleo: Client) -> None:
    assert browser(village.dov, recent=False).post(PAGE, {"sure": "yes"}).status_code == 403
    assert cleo.post(PAGE, {"sure": "yes"}).status_code == 403
    browser(village.ben).post(PAGE, {"sure": "yes", "who": str(village.dov.pk)})
    assert Person.objects.filter(pk=village.dov.pk).exists()
    assert not Person.objects.filter(pk=village.ben.pk).exists()
