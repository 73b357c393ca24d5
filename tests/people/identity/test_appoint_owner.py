import threading

import pytest
from django.db import IntegrityError, connection, transaction

from porch.engine.audit.models import AuditEntry
from porch.engine.facts.pull import pull
from porch.people.identity.actions import appoint_owner, issue_sign_in_link
from porch.people.identity.models import Operator, Person
from porch.people.sessions.actions import end_every_session, end_sessions_of
from tests.village import NOON, Village, add_person


def test_a_new_house_gets_an_owner(db: None) -> None:
    owner = appoint_owner(at=NOON)
    assert owner.name == "Owner"
    assert owner.email is None
    assert not owner.has_usable_password()
    assert Operator.objects.get().person == owner


def test_the_owner_of_a_new_house_is_noted_and_recorded_once(db: None) -> None:
    for _ in range(2):
        owner = appoint_owner(at=NOON)
    facts = [(fact.kind, fact.ids["person_id"]) for fact in pull("community")]
    assert facts == [("PersonAdded", owner.pk), ("OperatorAppointed", owner.pk)]
    assert acts() == [("person-added", None, owner.pk), ("operator-appointed", None, owner.pk)]


def test_what_the_command_line_does_to_people_stands_in_the_audit(village: Village) -> None:
    before, ben = len(acts()), village.ben.pk
    issue_sign_in_link(person=village.ben, at=NOON)
    end_sessions_of(person=village.ben, by=None, at=NOON)
    end_every_session(at=NOON)
    eve = add_person("eve").pk
    assert acts()[before:] == [
        ("owner-link-made", None, ben),
        ("sessions-ended", None, ben),
        ("every-session-ended", None, None),
        ("person-added", None, eve),
    ]


def test_whoever_signs_out_elsewhere_leaves_no_trace(village: Village) -> None:
    before = acts()
    end_sessions_of(person=village.ben, by=village.ben, at=NOON)
    assert acts() == before


def acts() -> list[tuple[str, int | None, int | None]]:
    return list(AuditEntry.objects.order_by("pk").values_list("act", "by_id", "about_id"))


def test_a_house_keeps_its_owner(db: None) -> None:
    assert appoint_owner(at=NOON) == appoint_owner(at=NOON)
    assert Person.objects.count() == 1


def test_an_address_is_unique_whatever_its_case(db: None) -> None:
    Person.objects.create(name="Ada", email="ada@example.org", created_at=NOON)
    for email in ("ada@example.org", "Ada@Example.org"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Person.objects.create(name="Eve", email=email, created_at=NOON)


def test_nobody_is_nameless(db: None) -> None:
    with pytest.raises(IntegrityError):
        Person.objects.create(name="", created_at=NOON)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_appoint_one_owner() -> None:
    start, owners = threading.Barrier(4), []

    def appoint() -> None:
        start.wait()
        owners.append(appoint_owner(at=NOON).pk)
        connection.close()

    threads = [threading.Thread(target=appoint) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(owners) == 4
    assert len(set(owners)) == 1
