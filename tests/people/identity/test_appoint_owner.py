import threading

import pytest
from django.db import IntegrityError, connection, transaction

from porch.people.identity.actions import appoint_owner
from porch.people.identity.models import Operator, Person
from tests.village import NOON


def test_a_new_house_gets_an_owner(db: None) -> None:
    owner = appoint_owner(at=NOON)
    assert owner.name == "Owner"
    assert owner.email is None
    assert not owner.has_usable_password()
    assert Operator.objects.get().person == owner


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
