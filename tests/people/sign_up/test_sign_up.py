"""A person is made of an address that was proved, and of each address one."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from porch.engine.audit.models import AuditEntry
from porch.engine.facts.pull import pull
from porch.kit.text import LineIsEmpty, LineIsNotPlain, LineIsTooLong
from porch.people.erasure.actions import erase_person
from porch.people.identity.models import Person
from porch.people.sign_in.codes import JOIN, LIFE, SIGN_IN, CodeIsSpent, issue_code, spend_code
from porch.people.sign_in.models import MailedCode
from porch.people.sign_up.actions import sign_up
from tests.engine.promises.owing import at_once
from tests.village import NOON, Village, add_person

EVE = "eve@example.org"


def test_somebody_new_has_a_name_and_an_address(village: Village) -> None:
    eve = sign_up(address=EVE, name=" Eve  Adams ", at=NOON)
    assert (eve.name, eve.email, eve.has_usable_password()) == ("Eve Adams", EVE, False)
    assert EmailAddress.objects.get(email=EVE).verified
    assert not AuditEntry.objects.filter(about_id=eve.pk).exists(), "no operator did it"
    assert [fact.ids for fact in pull("community") if fact.kind == "PersonAdded"][-1] == {"person_id": eve.pk}


def test_whoever_has_the_address_is_who_they_are(village: Village) -> None:
    assert sign_up(address="ben@example.org", name="Somebody", at=NOON) == village.ben
    assert Person.objects.get(pk=village.ben.pk).name == "Ben"


@pytest.mark.parametrize(
    ("name", "refusal"),
    [("", LineIsEmpty), ("\u200b", LineIsEmpty), ("x" * 81, LineIsTooLong), ("a\x00b", LineIsNotPlain)],
)
def test_a_name_can_be_seen_and_read(village: Village, name: str, refusal: type[Exception]) -> None:
    before = Person.objects.count()
    with pytest.raises(refusal):
        sign_up(address=EVE, name=name, at=NOON)
    assert Person.objects.count() == before


def test_a_name_is_one_line(village: Village) -> None:
    assert (
        sign_up(address=EVE, name="Eve\r\nBcc: all@example.org", at=NOON).name == "Eve Bcc: all@example.org"
    )


def test_plus_tags_are_other_addresses(village: Village) -> None:
    assert sign_up(address="ben+1@example.org", name="Ben", at=NOON) != village.ben


@pytest.mark.django_db(transaction=True)
def test_one_address_in_many_browsers_at_once_is_one_person() -> None:
    came = at_once(*[lambda: sign_up(address=EVE, name="Eve", at=NOON)] * 5)
    assert len({each.pk for each in came if isinstance(each, Person)}) == 1
    assert sum(isinstance(each, Person) for each in came) == 5


def test_a_code_for_joining_fits_whoever_is_nobody_yet(village: Village) -> None:
    issued = issue_code(purpose=JOIN, person=None, address=EVE, at=NOON)
    spent = spend_code(purpose=JOIN, ticket=issued.ticket, code=issued.code, at=NOON)
    assert (spent.address, spent.person_id) == (EVE, None)


def test_and_fits_nothing_else(village: Village) -> None:
    issued = issue_code(purpose=JOIN, person=None, address=EVE, at=NOON)
    with pytest.raises(CodeIsSpent):
        spend_code(purpose=SIGN_IN, ticket=issued.ticket, code=issued.code, at=NOON)
    with pytest.raises(CodeIsSpent):
        spend_code(purpose=JOIN, ticket=issued.ticket, code=issued.code, at=NOON + LIFE)


def test_the_address_of_nobody_is_kept_for_joining_and_a_quarter_of_an_hour(village: Village) -> None:
    issue_code(purpose=JOIN, person=None, address=EVE, at=NOON)
    issue_code(purpose=SIGN_IN, person=None, address="fay@example.org", at=NOON)
    assert set(MailedCode.objects.values_list("address", flat=True)) == {EVE, ""}
    issue_code(purpose=SIGN_IN, person=None, address="gus@example.org", at=NOON + LIFE)
    assert not MailedCode.objects.filter(address=EVE).exists()


def test_an_erasure_finds_the_code_of_a_stranger_by_its_address(village: Village) -> None:
    issue_code(purpose=JOIN, person=None, address=EVE, at=NOON - timedelta(minutes=1))
    erase_person(person=add_person("eve"), by=village.ada, at=NOON)
    assert not MailedCode.objects.exists()
