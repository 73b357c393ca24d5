"""Many are put in a circle while some of them are suspended or go on a pause: nobody waits for each other for ever."""

import threading
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction

from porch.community.away.actions import end_pause, suspend_member, take_pause
from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.lists.actions import put_in_circle
from porch.community.membership.models import Member
from porch.people.identity.models import Person
from tests.community.leaving.helpers import at_once, member_of
from tests.plugin import ON_POSTGRESQL
from tests.village import NOON, Village, add_steward, build_village

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def full() -> tuple[Village, list[Person], Circle]:
    village = build_village()
    people = [add_steward(f"sol{n}") for n in range(6)]
    return village, people, Circle.objects.create(slug="readers", name="Readers", made_at=NOON)


def somebody_waits() -> bool:
    with connection.cursor() as cursor:
        # Locks of rows name no database: who waits is found by their process.
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_stat_activity USING (pid) "
            "WHERE NOT granted AND datname = current_database()"
        )
        return bool(cursor.fetchone()[0])


def while_open(first: Callable[[], object], second: Callable[[], object]) -> list[object]:
    """Begin the second while the first is done and not committed; commit as soon as the second waits."""
    is_done, came = threading.Event(), []

    def hold() -> object:
        with transaction.atomic():
            first()
            is_done.set()
            until = time.monotonic() + 10
            while not somebody_waits() and not came and time.monotonic() < until:
                time.sleep(0.01)
        return "first"

    def follow() -> object:
        is_done.wait(10)
        second()
        came.append("second")
        return "second"

    return at_once(hold, follow)


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has one writer at a time")
@pytest.mark.parametrize("verb", ["suspend", "pause"])
def test_neither_waits_for_the_other(verb: str, full: tuple[Village, list[Person], Circle]) -> None:
    village, people, readers = full
    last = people[-1]

    def go_away() -> None:
        if verb == "pause":
            take_pause(person=last, at=NOON)
        else:
            until = NOON + timedelta(1)
            suspend_member(member=member_of(last), until=until, reason="Loud.", by=village.ada, at=NOON)

    members = Member.objects.present().select_related("person")
    many = lambda: put_in_circle(members=members, circle=readers, by=village.ada, at=NOON)  # noqa: E731
    assert while_open(many, go_away).count("second") == 1
    assert CircleMember.objects.filter(circle=readers).count() == 8


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has one writer at a time")
def test_nor_does_somebody_who_comes_in_alone(full: tuple[Village, list[Person], Circle]) -> None:
    _village, people, readers = full
    one = lambda: let_in(person=people[0], circle=readers, way=Way.OPEN, at=NOON)  # noqa: E731
    assert len(while_open(one, lambda: take_pause(person=people[0], at=NOON))) == 2
    assert CircleMember.objects.filter(circle=readers).count() == 1


def test_at_one_moment_each_ends(full: tuple[Village, list[Person], Circle]) -> None:
    village, people, readers = full
    members = list(Member.objects.present().select_related("person"))
    away = [lambda each=each: take_pause(person=each, at=NOON) for each in people[:3]]
    back = [lambda each=each: end_pause(person=each, at=NOON) for each in people[:3]]
    many = lambda: put_in_circle(members=members, circle=readers, by=village.ada, at=NOON)  # noqa: E731
    at_once(many, *away, *back)
    assert CircleMember.objects.filter(circle=readers).count() >= 5
