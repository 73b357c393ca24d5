"""What happens to requests by time: nobody waits for ever, and what came to nothing is forgotten."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from porch.community.circles.models import Circle
from porch.community.membership.models import Member
from porch.community.requests.actions import close, lock_request
from porch.community.requests.facts import JoinExpired, JoinWithdrawn
from porch.community.requests.letters import News, tell_asker
from porch.community.requests.models import KEPT, PENDING, JoinRequest, State
from porch.community.requests.moving import fill_seats, in_line, misplaced, seats_free
from porch.engine.facts.noting import note
from porch.kit.apart import each_apart

AT_A_TIME = 200
CAME_TO_NOTHING = (State.DECLINED, State.WITHDRAWN, State.EXPIRED)


def expire_requests(*, at: datetime) -> int:
    """Close the requests whose time is over, each with a letter; give how many."""
    return sum(each_apart(overdue(at).values_list("pk", flat=True), lambda pk: expire(pk, at=at)))


@transaction.atomic
def expire(pk: int, *, at: datetime) -> bool:
    """Close one request, unless something happened to it in the meantime."""
    asked, circle = lock_request(pk)
    if asked.expires_at is None or asked.expires_at > at:
        return False
    close(asked, State.EXPIRED, at=at)
    note(JoinExpired(request_id=asked.pk, at=at))
    tell_asker(asked, circle, News.EXPIRED, at=at)
    return True


def overdue(at: datetime) -> QuerySet[JoinRequest]:
    """Give the requests whose time is over."""
    return JoinRequest.objects.filter(state__in=PENDING, expires_at__lte=at).order_by("expires_at", "id")


def withdraw_for_leavers(*, at: datetime) -> int:
    """Withdraw what waits at circles inside for people who are no members any more; give how many."""
    inside = JoinRequest.objects.open().filter(circle__is_whole=False)
    gone = inside.exclude(person__in=Member.objects.present().values("person"))
    return sum(each_apart(gone.values_list("pk", flat=True), lambda pk: withdraw_for(pk, at=at)))


@transaction.atomic
def withdraw_for(pk: int, *, at: datetime) -> bool:
    """Withdraw one request for somebody who left, unless they are back."""
    asked, _circle = lock_request(pk)
    if asked.closed_at is not None or Member.objects.present().filter(person=asked.person_id).exists():
        return False
    close(asked, State.WITHDRAWN, at=at)
    note(JoinWithdrawn(request_id=asked.pk, at=at))
    return True


@transaction.atomic
def forget_some(*, at: datetime) -> int:
    """Delete some requests that came to nothing long ago, with answers and vouches; give how many."""
    old = JoinRequest.objects.filter(state__in=CAME_TO_NOTHING, closed_at__lte=at - KEPT)
    some = list(old.order_by("closed_at").values_list("pk", flat=True)[:AT_A_TIME])
    JoinRequest.objects.filter(pk__in=some).delete()
    return len(some)


def fill_every_circle(*, at: datetime) -> int:
    """Let in who waits wherever a seat came free or a circle changed; give how many. Locks only where there is need."""
    return sum(each_apart(circles_with_need(), lambda circle: fill_seats(circle=circle, at=at)))


def circles_with_need() -> Iterable[Circle]:
    """Give the circles where somebody stands in the wrong place, or could have a seat."""
    waiting = Q(pk__in=JoinRequest.objects.filter(state=State.SEAT).values("circle"))
    wrong = set(misplaced().order_by().values_list("circle", flat=True))
    for circle in Circle.objects.filter(waiting | Q(pk__in=wrong)).order_by("pk"):
        if circle.pk in wrong or (seats_free(circle) != 0 and in_line(circle).exists()):
            yield circle
