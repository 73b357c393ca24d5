"""How a request comes forward: a decision, then vouches, then a seat. Every verb ends here, with the circle locked."""

from datetime import datetime

from django.db import transaction
from django.db.models import Case, F, Q, QuerySet, When

from porch.community.circles.models import Circle, WayIn
from porch.community.joining.actions import IsSuspended, let_in, lock_circle, seats_taken
from porch.community.joining.models import Way
from porch.community.membership.models import Member
from porch.community.removal.rules import WasRemoved
from porch.community.requests.facts import JoinGranted, JoinWithdrawn, SeatAwaited
from porch.community.requests.letters import News, tell_asker
from porch.community.requests.models import LIFE, JoinRequest, State
from porch.community.requests.vouches import with_vouches
from porch.engine.facts.noting import note
from porch.people.identity.models import Person

# Moved in one transaction: few enough that nobody else waits long for the circle.
AT_ONCE = 50
MOST_TIMES = 40
COLUMNS = ["state", "expires_at", "approved_at", "queued_at", "closed_at", "decided_by", "reason"]


def move_on(asked: JoinRequest, circle: Circle, *, at: datetime) -> JoinRequest:
    """Bring an open request as far as it comes now, and give it as it is then. Call it with the circle locked.

    Where many others have to be moved before it, the next round of the worker goes on.
    """
    move_some(circle=circle, at=at)
    asked.refresh_from_db()
    return asked


def fill_seats(*, circle: Circle, at: datetime) -> int:
    """Let in who is next on the waiting list, as long as there are seats; give how many came in.

    First everybody is put where they belong: vouches cease to count when members leave, and circles change. Some at a
    time, each time in a transaction of its own; where it takes too long, the next round goes on.
    """
    came = 0
    for _ in range(MOST_TIMES):
        some, has_more = move_some(circle=circle, at=at)
        came += some
        if not has_more:
            break
    return came


@transaction.atomic
def move_some(*, circle: Circle, at: datetime) -> tuple[int, bool]:
    """Put some requests where they belong, and let some in whose turn it is.

    Give how many came in, and whether there may be more to do. Nobody comes in while somebody stands in the wrong
    place: they might overtake, or lack a vouch.
    """
    circle = lock_circle(circle.pk)
    found = list(misplaced().filter(circle=circle)[: AT_ONCE + 1])
    new = [asked for asked in found[:AT_ONCE] if sort_in(asked, at=at)]
    is_sorted = len(found) <= AT_ONCE
    came, gone = let_in_by_turns(circle, at=at) if is_sorted else (set[int](), set[int]())
    free = seats_free(circle)
    for asked in new:
        if asked.pk in came | gone or free is None:
            continue
        # The free seats go to those before them in a moment; whose turn that is, is not told that they wait.
        place = place_of(asked) - free
        if place > 0:
            note(SeatAwaited(request_id=asked.pk, at=at))
            tell_asker(asked, circle, News.WAITING, at=at, n=place)
    return len(came), not is_sorted or len(came) + len(gone) >= AT_ONCE


def let_in_by_turns(circle: Circle, *, at: datetime) -> tuple[set[int], set[int]]:
    """Let in as many as there are seats for, some at once; give the requests that led in, and those withdrawn.

    Whoever was removed or is suspended loses the place, and the next one has the turn. Whom another transaction has
    locked keeps place and seat until the next round: to wait for them here could be to wait for each other.
    """
    came: set[int] = set()
    gone: set[int] = set()
    while True:
        free, most = seats_free(circle), AT_ONCE - len(came) - len(gone)
        line = in_line(circle)[: most if free is None else min(free, most)]
        waiting = hold_free(list(line))
        before = len(gone)
        for asked in waiting:
            try:
                admit(asked, circle, at=at)
                came.add(asked.pk)
            except (WasRemoved, IsSuspended) as no:
                withdraw_for_good(asked, str(no.text), at=at)
                gone.add(asked.pk)
        if len(gone) == before:
            return came, gone


def hold_free(waiting: list[JoinRequest]) -> list[JoinRequest]:
    """Lock those who wait, and give the requests of those whom nobody else has locked."""
    people = Person.objects.select_for_update(skip_locked=True, no_key=True).filter(
        pk__in=[asked.person_id for asked in waiting]
    )
    held = set(people.order_by("pk").values_list("pk", flat=True))
    return [asked for asked in waiting if asked.person_id in held]


def withdraw_for_good(asked: JoinRequest, reason: str, *, at: datetime) -> None:
    """Withdraw the request of somebody whom no way leads in for, with the reason."""
    asked.state, asked.closed_at, asked.reason = State.WITHDRAWN, at, reason
    asked.save(update_fields=COLUMNS)
    note(JoinWithdrawn(request_id=asked.pk, at=at))


def sort_in(asked: JoinRequest, *, at: datetime) -> bool:
    """Put a request from ``misplaced`` where it belongs; say whether it came on the waiting list."""
    if not asked.is_decided:  # type: ignore[attr-defined]
        asked.state = State.ASKED
    else:
        has_enough = asked.vouched >= asked.circle.vouches  # type: ignore[attr-defined]
        asked.state = State.SEAT if has_enough else State.VOUCHES
    is_in_line = asked.state == State.SEAT
    # Whoever had a place before a vouch was taken back comes to it again.
    asked.queued_at = asked.queued_at or (at if is_in_line else None)
    asked.expires_at = None if is_in_line else at + LIFE
    asked.save(update_fields=COLUMNS)
    return is_in_line


def in_line(circle: Circle) -> QuerySet[JoinRequest]:
    """Give the waiting list in its order, without those who cannot come in now: whoever is shut out keeps the place."""
    found = JoinRequest.objects.filter(circle=circle, state=State.SEAT, person__is_active=True)
    if not circle.is_whole:
        found = found.filter(person__in=Member.objects.present().values("person"))
    return found.select_related("person", "brought_by").order_by("queued_at", "id")


def admit(asked: JoinRequest, circle: Circle, *, at: datetime) -> None:
    """Let in whoever asked, and close the request."""
    let_in(person=asked.person, circle=circle, way=Way(asked.way), brought_by=asked.brought_by, at=at)
    asked.state, asked.closed_at = State.ADMITTED, at
    asked.save(update_fields=COLUMNS)
    note(JoinGranted(request_id=asked.pk, at=at))
    tell_asker(asked, circle, News.ADMITTED, at=at)


def seats_free(circle: Circle) -> int | None:
    """Count the free seats of a circle, none at the least; None where it takes everybody."""
    return None if circle.ceiling is None else max(0, circle.ceiling - seats_taken(circle))


def place_of(asked: JoinRequest) -> int:
    """Give the place on the waiting list, from 1."""
    ahead = Q(queued_at__lt=asked.queued_at) | Q(queued_at=asked.queued_at, id__lt=asked.pk)
    return 1 + JoinRequest.objects.filter(ahead, circle_id=asked.circle_id, state=State.SEAT).count()


def misplaced() -> QuerySet[JoinRequest]:
    """Give the open requests that do not stand where they belong by what they lack now.

    A decision is lacked by a request proper alone: not by who was invited, nor where the door is open.
    """
    decided = ~Q(way=Way.REQUEST) | Q(approved_at__isnull=False) | Q(circle__way_in=WayIn.OPEN)
    found = with_vouches(JoinRequest.objects.open()).annotate(
        is_decided=Case(When(decided, then=True), default=False)
    )
    has_enough = Q(vouched__gte=F("circle__vouches"))
    return (
        found.select_related("person", "circle")
        .filter(
            Q(state=State.ASKED, is_decided=True)
            | Q(is_decided=False) & ~Q(state=State.ASKED)
            | Q(state=State.VOUCHES) & has_enough
            | Q(state=State.SEAT) & ~has_enough
        )
        .order_by("id")
    )
