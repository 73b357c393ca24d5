"""Who brought whom into the community: as a list, and as a tree that is read a few branches at a time.

Every read is bounded by what is shown, whatever the number of members.
"""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, prefetch_related_objects

from porch.community.circles.models import Circle
from porch.community.joining.models import Arrival, Way
from porch.community.membership.models import Member
from porch.community.removal.models import was_removed

PAGE = 25
# Shown below somebody before a link leads to the others.
SHOWN_BELOW = 10
MOST_STEPS_UP = 200
# One value and no join, so that the index by who brought them also gives the order.
WHOLE = Subquery(Circle.objects.filter(is_whole=True).values("pk")[:1])


@dataclass(slots=True)
class Branch:
    """Somebody who came, how they are doing, and the first of those whom they brought."""

    member_id: int
    name: str
    at: datetime
    way: str
    left_at: datetime | None
    was_removed: bool = False
    by_id: int | None = None
    by: str = ""
    has_more: bool = False
    below: list["Branch"] = field(default_factory=list)
    brought_some: bool = False


def arrivals() -> "QuerySet[Arrival]":
    """Select who came into the whole community. Without joins: the order comes from an index then."""
    return Arrival.objects.filter(circle_id=WHOLE)


def with_names(page: list[Arrival]) -> list[Arrival]:
    """Read who came, and who brought them, of a page of arrivals."""
    came = Member.objects.select_related("person").annotate(was_removed=was_removed())
    prefetch_related_objects(page, Prefetch("member", came), "brought_by__person")
    return page


def newest_arrivals() -> "QuerySet[Arrival]":
    """Select the same, the newest first."""
    return arrivals().order_by("-at", "-id")


def brought_by(member_id: int | None) -> "QuerySet[Arrival]":
    """Select whom a member brought, in the order in which they came; for nobody, those whom nobody brought."""
    found = arrivals().filter(brought_by_id=member_id) if member_id else arrivals().filter(brought_by=None)
    return found.order_by("id")


def with_their_own(page: list[Arrival]) -> list[Branch]:
    """Put arrivals into branches, each with the first of those whom they brought."""
    branches = [branch_of(each) for each in with_names(page)]
    beyond = first_beyond({each.member_id for each in branches})
    below: dict[int, list[Branch]] = {}
    for arrival in first_below(beyond):
        below.setdefault(arrival.brought_by_id or 0, []).append(branch_of(arrival))
    for branch in branches:
        branch.below = below.get(branch.member_id, [])
        branch.brought_some, branch.has_more = bool(branch.below), beyond[branch.member_id] is not None
    return branches


def first_beyond(member_ids: set[int]) -> dict[int, int | None]:
    """Give for each member the arrival with which the list of those whom they brought becomes too long."""
    theirs = Arrival.objects.filter(brought_by=OuterRef("pk"), circle_id=WHOLE).order_by("id")
    limit = Subquery(theirs.values("id")[SHOWN_BELOW : SHOWN_BELOW + 1])
    return dict(Member.objects.filter(pk__in=member_ids).annotate(beyond=limit).values_list("pk", "beyond"))


def first_below(beyond: dict[int, int | None]) -> list[Arrival]:
    """Read the first arrivals below each member, and whether those brought others again: a handful of queries."""
    if not beyond:
        return []
    # The circle stands in each part: only then are the parts looked up one by one, each in the index.
    wanted = Q()
    for member_id, limit in beyond.items():
        part = Q(brought_by_id=member_id, circle_id=WHOLE)
        wanted |= part if limit is None else part & Q(id__lt=limit)
    again = Arrival.objects.filter(brought_by=OuterRef("member"), circle_id=WHOLE)
    return with_names(
        list(Arrival.objects.filter(wanted).annotate(brought_some=Exists(again)).order_by("id"))
    )


def branch_of(arrival: Arrival) -> Branch:
    """Put an arrival into words."""
    by = arrival.brought_by
    return Branch(
        member_id=arrival.member_id,
        name=arrival.member.person.name,
        at=arrival.at,
        way=str(Way(arrival.way).label),
        left_at=arrival.member.left_at,
        was_removed=getattr(arrival.member, "was_removed", False),
        by_id=arrival.brought_by_id,
        by=by.person.name if by else "",
        brought_some=getattr(arrival, "brought_some", False),
    )


def is_below(member_id: int, *, top: int) -> bool:
    """Say whether somebody came by way of another, over however many in between."""
    seen: set[int] = set()
    here: int | None = member_id
    while here is not None and here not in seen and len(seen) < MOST_STEPS_UP:
        if here == top:
            return True
        seen.add(here)
        here = bringer_of(here)
    return False


def bringer_of(member_id: int) -> int | None:
    """Give who brought a member when they came last."""
    came = Arrival.objects.filter(member_id=member_id, circle_id=WHOLE).order_by("-id")
    return came.values_list("brought_by_id", flat=True).first()
