"""A long read sees one moment, and keeps nobody from writing."""

import threading

import pytest
from django.db import connection

from porch.kit.read_view import read_view
from porch.people.identity.models import Person
from tests.village import NOON, build_village


def elsewhere(call: object) -> None:
    """Do something on a connection of its own, to its end."""

    def run() -> None:
        try:
            call()  # type: ignore[operator]
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)
    assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_what_is_written_meanwhile_is_not_seen_and_not_held_up() -> None:
    build_village()
    with read_view():
        before = Person.objects.count()
        elsewhere(lambda: Person.objects.create(name="Eve", created_at=NOON))
        assert Person.objects.count() == before
    assert Person.objects.count() == before + 1


@pytest.mark.django_db(transaction=True)
def test_afterwards_one_writes_as_before() -> None:
    with read_view():
        Person.objects.count()
    mode = getattr(connection, "transaction_mode", None)
    assert mode in (None, "IMMEDIATE")
    build_village()


def test_within_a_transaction_it_is_that_ones_view(db: None) -> None:
    with read_view():
        Person.objects.create(name="Eve", created_at=NOON)
        assert Person.objects.count() == 1
