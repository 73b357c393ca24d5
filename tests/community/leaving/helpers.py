"""Steps that the tests of leaving share."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import connection

from porch.community.circles.models import Circle, CircleMember
from porch.community.leaving.actions import UNDO_FOR, leave
from porch.community.leaving.models import Leaving
from porch.community.membership.models import Member
from porch.kit.refusals import Refusal
from porch.people.identity.models import Person
from tests.village import NOON

SECOND = timedelta(seconds=1)
OVER = NOON + UNDO_FOR


def go(
    person: Person, *, wants_erasure: bool = False, stops_mail: bool = False, at: datetime = NOON
) -> Leaving:
    return leave(person=person, wants_erasure=wants_erasure, stops_mail=stops_mail, at=at)


def member_of(person: Person) -> Member:
    return Member.objects.get(person=person)


def in_circle(person: Person, slug: str = "readers", ceiling: int | None = None) -> Circle:
    circle, _ = Circle.objects.get_or_create(
        slug=slug, defaults={"name": slug.title(), "made_at": NOON, "ceiling": ceiling}
    )
    CircleMember.objects.create(circle=circle, member=member_of(person), joined_at=NOON)
    return circle


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Run calls at one moment, each on a connection of its own; give what came of each, or its refusal."""
    start, came = threading.Barrier(len(calls)), []

    def run(call: Callable[[], object]) -> None:
        start.wait()
        try:
            came.append(call())
        except Refusal as no:
            came.append(no)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(came) == len(calls), "each ended with an answer or a refusal"
    return came
