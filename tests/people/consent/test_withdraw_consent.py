import threading
from datetime import timedelta

import pytest
from django.db import connection, connections

from porch.people.consent.actions import NoSwitchForThis, WithdrawnSince
from porch.people.consent.models import Act, Consent
from porch.people.consent.purposes import PURPOSES
from porch.people.consent.reads import register, state_of
from porch.people.consent.subjects import Subject, address_subject, person_subject
from porch.people.identity.models import Person
from porch.people.suppression.models import Reason
from porch.people.suppression.reads import why_suppressed
from tests.people.consent.words import give, stands, stop
from tests.village import NOON, Village, add_person

LATER = NOON + timedelta(hours=1)


def test_stopping_stops_at_once_and_is_remembered_by_the_address(village: Village) -> None:
    ben = person_subject(village.ben)
    give(ben)
    stop(ben, at=LATER)
    assert not stands(ben)
    assert why_suppressed("BEN@example.org", "member-letter") == Reason.WITHDRAWN
    assert why_suppressed("ben@example.org", "news") is None


def test_stopping_twice_is_stopping_once(village: Village) -> None:
    ben = person_subject(village.ben)
    give(ben)
    assert stop(ben, at=LATER).pk == stop(ben, at=LATER + timedelta(days=1)).pk


def test_one_can_stop_what_one_never_agreed_to(village: Village) -> None:
    stop(address_subject("cleo@example.org"), "news")
    assert why_suppressed("cleo@example.org", "news") == Reason.WITHDRAWN


def test_a_stop_names_the_words_that_were_agreed_to(village: Village) -> None:
    ben = person_subject(village.ben)
    yes, no = give(ben), stop(ben, at=LATER)
    assert (no.wording, no.wording_hash) == (yes.wording, yes.wording_hash)


def test_what_an_account_needs_has_no_switch(village: Village) -> None:
    with pytest.raises(NoSwitchForThis):
        stop(person_subject(village.ben), "account-mail")


def test_stopping_one_thing_leaves_the_other(village: Village) -> None:
    cleo, ben = address_subject("ben@example.org"), person_subject(village.ben)
    give(cleo, "news")
    give(ben)
    stop(ben, at=LATER)
    assert stands(cleo, "news")


def test_the_state_has_one_line_for_each_purpose(village: Village) -> None:
    ben = person_subject(village.ben)
    for n in range(3):
        give(ben, at=NOON + timedelta(minutes=2 * n))
        stop(ben, at=NOON + timedelta(minutes=2 * n + 1))
    assert [row.act for row in state_of(ben.name).values()] == ["withdrawn"]


def test_the_register_counts_where_everyone_stands(village: Village) -> None:
    for n in range(3):
        give(address_subject(f"c{n}@example.org"), "news")
    stop(address_subject("c0@example.org"), "news", at=LATER)
    entry = next(each for each in register(PURPOSES) if each.purpose.name == "news")
    assert (entry.given, entry.withdrawn, entry.by_wording) == (2, 1, {1: 2})


@pytest.mark.parametrize("giving_first", [True, False])
def test_of_yes_and_stop_at_one_instant_stop_wins(ledger_of_its_own: None, giving_first: bool) -> None:
    person = add_person("noor")
    subject = person_subject(person)
    gate, refused = threading.Barrier(2), []

    def race(act: str) -> None:
        gate.wait()
        try:
            (give if act == "give" else stop)(subject)
        except WithdrawnSince:
            refused.append(act)
        finally:
            connections.close_all()

    acts = ["give", "stop"] if giving_first else ["stop", "give"]
    threads = [threading.Thread(target=race, args=[act]) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)
    assert not stands(subject)
    assert Consent.objects.filter(act=Act.WITHDRAWN).count() == 1
    assert len(refused) + Consent.objects.filter(act=Act.GIVEN).count() == 1


def test_ten_at_once_say_yes_once(ledger_of_its_own: None) -> None:
    subject = person_subject(add_person("noor"))

    def say() -> None:
        give(subject)
        connections.close_all()

    threads = [threading.Thread(target=say) for _ in range(10)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert Consent.objects.count() == 1


def test_people_who_are_gone_leave_lines_that_lead_nowhere(village: Village) -> None:
    ben: Subject = person_subject(village.ben)
    row = give(ben)
    Person.objects.get(pk=village.ben.pk).delete()
    assert Consent.objects.get(pk=row.pk).subject == ben.name
    assert connection.in_atomic_block
