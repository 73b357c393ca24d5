"""The model refuses to change a line, and so does the database, whoever asks it."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from porch.people.consent.erasure import forget_consents
from porch.people.consent.models import Consent, ConsentAddress
from porch.people.consent.reads import address_behind
from porch.people.consent.subjects import address_subject, person_subject
from porch.people.suppression.models import Reason
from porch.people.suppression.reads import why_suppressed
from tests.people.consent.words import give, stop
from tests.village import NOON, Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(village: Village) -> Consent:
    return give(person_subject(village.ben))


WAYS: dict[str, Callable[[Consent], object]] = {
    "save": lambda line: line.save(),
    "delete": lambda line: line.delete(),
    "update": lambda line: Consent.objects.update(act="withdrawn"),
    "delete all": lambda line: Consent.objects.all().delete(),
    "bulk": lambda line: Consent.objects.bulk_update([line], ["act"]),
}
STATEMENTS = [
    "UPDATE people_consent SET act = 'withdrawn'",
    "UPDATE people_consent SET subject = 'person:0'",
    "DELETE FROM people_consent",
    "INSERT INTO people_consent SELECT * FROM people_consent",
]


@pytest.mark.parametrize("way", WAYS)
def test_the_model_refuses(way: str, line: Consent) -> None:
    with pytest.raises(TypeError):
        WAYS[way](line)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses(statement: str, line: Consent) -> None:
    before = list(Consent.objects.values())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert list(Consent.objects.values()) == before


def test_erasure_takes_the_address_and_leaves_the_lines(village: Village) -> None:
    cleo = address_subject("cleo@example.org")
    give(cleo, "news")
    before = list(Consent.objects.values())
    forget_consents(person_id=None, address="Cleo@example.org", at=NOON, was_asked=True)
    assert list(Consent.objects.values()) == before
    assert address_behind(cleo.name) == ""
    assert why_suppressed("cleo@example.org", "news") == Reason.ERASED


def test_whoever_stopped_something_is_protected_after_any_erasure(village: Village) -> None:
    ben, dov = person_subject(village.ben), person_subject(village.dov)
    stop(ben)
    give(dov)
    for person in (village.ben, village.dov):
        forget_consents(person_id=person.pk, address=person.email or "", at=NOON, was_asked=False)
    assert why_suppressed("ben@example.org", "news") == Reason.ERASED
    assert why_suppressed("dov@example.org", "news") is None
    assert not ConsentAddress.objects.exists()
