"""How many vouches a request has, and how many it lacks."""

from dataclasses import dataclass

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import Coalesce

from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.actions import is_in
from porch.community.membership.models import Member, is_here
from porch.community.requests.models import JoinRequest
from porch.community.vouching.models import Vouch
from porch.kit.prepared import Prepared

MOST_COUNTED = 50


@dataclass(frozen=True, slots=True)
class WantedRow:
    id: int


def with_vouches(found: "QuerySet[JoinRequest]") -> "QuerySet[JoinRequest]":
    """Add to each request ``vouched``, the number of vouches for it that count."""
    each = Vouch.objects.counting().filter(request=OuterRef("pk")).order_by().values("request")
    n = each.annotate(n=Count("pk")).values("n")
    return found.annotate(vouched=Coalesce(Subquery(n), 0, output_field=IntegerField()))


def missing(asked: JoinRequest, circle: Circle) -> int:
    """Say how many vouches a request lacks."""
    return max(0, circle.vouches - Vouch.objects.counting().filter(request=asked).count())


WANTED = Prepared(
    lambda person: (
        with_vouches(JoinRequest.objects.open())
        .filter(
            ~Q(person_id=person),
            ~Exists(Vouch.objects.standing().filter(request=OuterRef("pk"), by__person_id=person)),
            Q(circle__is_whole=True)
            | Q(circle__in=CircleMember.objects.filter(member__person_id=person).values("circle")),
            Q(vouched__lt=F("circle__vouches")),
        )
        .order_by("id")[: MOST_COUNTED + 1]
    ),
    WantedRow,
    person=BigIntegerField(),
)


def count_wanted(person_id: int) -> int:
    """Count those who lack a vouch that a member could give and has not, to one more than ``MOST_COUNTED``."""
    return len(WANTED.all(person=person_id))


def may_speak(member: Member, circle: Circle) -> bool:
    """Say whether a member's word counts at the door of a circle: of one in it who is here and not shut out."""
    return is_here(member) and member.person.is_active and is_in(member, circle)


def within_reach(member: Member) -> "QuerySet[JoinRequest]":
    """Give the open requests for which a member may vouch, oldest first, with ``mine``, the time of their own vouch."""
    theirs = CircleMember.objects.filter(member=member).values("circle")
    mine = Vouch.objects.standing().filter(request=OuterRef("pk"), by=member).values("at")
    found = JoinRequest.objects.open().filter(
        Q(circle__is_whole=True) | Q(circle__in=theirs), circle__vouches__gt=0
    )
    return (
        with_vouches(found.exclude(person=member.person_id))
        .annotate(mine=Subquery(mine))
        .select_related("person", "circle", "brought_by__person")
        .order_by("asked_at", "id")
    )
