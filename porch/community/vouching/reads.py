"""For whom somebody may vouch."""

from dataclasses import dataclass

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, QuerySet, Subquery

from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member
from porch.community.requests.models import JoinRequest, Vouch
from porch.community.requests.vouches import with_vouches
from porch.kit.prepared import Prepared

MOST_COUNTED = 50


@dataclass(frozen=True, slots=True)
class WantedRow:
    id: int


WANTED = Prepared(
    lambda person: (
        with_vouches(JoinRequest.objects.open())
        .filter(
            ~Q(person_id=person),
            Q(circle__vouches__gt=0),
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
