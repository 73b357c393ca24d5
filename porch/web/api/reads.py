"""What the API lists, as querysets by id; whoever asks is a person's number, or None for the house."""

from typing import Any

from django.db.models import Case, Count, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from porch.community.circles.models import Circle, CircleMember
from porch.community.circles.reads import circles_seen_by
from porch.community.membership.models import Member, here
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import rights_of

PRESENT = ("id", "person__name", "joined_at", "person__is_active", "portrait__holding_id")


def members() -> QuerySet[Any, dict[str, Any]]:
    """Give every member who is here."""
    return Member.objects.present().values(*PRESENT)  # type: ignore[no-any-return]


def members_of(circle: Circle) -> QuerySet[Any, dict[str, Any]]:
    """Give the members of one circle."""
    if circle.is_whole:
        return members()
    inside = CircleMember.objects.filter(circle=circle, member=OuterRef("pk"))
    return members().filter(Exists(inside))


def circles_known(person_id: int | None) -> QuerySet[Circle]:
    """Give the circles of which somebody may know, as pages show them; to the house, those that are not hidden."""
    if person_id is None:
        return Circle.objects.filter(is_hidden=False)
    return circles_seen_by(person_id, rights_of(person_id))


def circles(person_id: int | None) -> QuerySet[Any]:
    """Give the circles of which somebody may know, with how many are in each."""
    return with_seats(circles_known(person_id))


def with_seats(found: QuerySet[Circle]) -> QuerySet[Any]:
    """Add how many members of each circle are here, as ``seats``: as many as its list shows."""
    whole = Member.objects.present().order_by().annotate(one=Value(1)).values("one")
    some = CircleMember.objects.filter(here("member__"), circle=OuterRef("pk")).order_by()
    return found.annotate(
        seats=Case(
            When(is_whole=True, then=counted(whole, "one")), default=counted(some.values("circle"), "circle")
        )
    )


def counted(found: QuerySet[Any, Any], by: str) -> Coalesce:
    """Count the rows of a subquery that all have one value of ``by``."""
    return Coalesce(Subquery(found.values(by).annotate(n=Count("*")).values("n")), Value(0))


def roles(person_id: int | None) -> QuerySet[Any]:
    """Give the roles of the circles that somebody may know of, with how many members hold each by name."""
    held = RoleHolder.objects.filter(here("member__"), role=OuterRef("pk")).order_by()
    known = circles_known(person_id).values("pk")
    return Role.objects.filter(circle__in=known).annotate(holders=counted(held.values("role"), "role"))
