"""Circles as pages list them: those that somebody may see, and who is in one."""

from collections.abc import Iterable

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from porch.community.circles.models import Circle, CircleMember
from porch.community.membership.models import Member, here
from porch.community.roles.reads import RightRow
from porch.community.roles.rights import MANAGE_CIRCLES
from porch.community.roles.rules import covers


def circles_seen_by(person_id: int, rows: Iterable[RightRow]) -> QuerySet[Circle]:
    """Select the circles of which somebody may know, ``is_mine`` where they are in it.

    A hidden one is known to those who are in it, who have a right in it, or who may manage all circles.
    """
    rows = list(rows)
    mine = CircleMember.objects.filter(circle=OuterRef("pk"), member__person_id=person_id)
    found = Circle.objects.annotate(is_mine=Exists(mine.filter(member__left_at__isnull=True)))
    if covers(rows, MANAGE_CIRCLES):
        return found
    theirs = [row.role__circle_id for row in rows]
    return found.filter(Q(is_hidden=False) | Q(is_mine=True) | Q(pk__in=theirs))


def with_counts(found: QuerySet[Circle]) -> QuerySet[Circle]:
    """Add how many members of each circle are here, as ``n``: as many as its list shows."""
    inside = CircleMember.objects.filter(here("member__"), circle=OuterRef("pk"))
    counted = inside.order_by().values("circle").annotate(n=Count("pk")).values("n")
    return found.annotate(n=Coalesce(Subquery(counted), 0))


def members_of(circle: Circle) -> QuerySet[Member]:
    """Select who is in a circle, the newest there first."""
    there = CircleMember.objects.filter(circle=circle, member=OuterRef("pk"))
    found = Member.objects.present().select_related("person", "portrait")
    if circle.is_whole:
        return found.order_by("-joined_at", "-pk")
    inside = CircleMember.objects.filter(circle=circle).values("member")
    return found.filter(pk__in=inside).order_by(Subquery(there.values("joined_at")[:1]).desc(), "-pk")
