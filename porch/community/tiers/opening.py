"""The circles that a tier opens: they open with it and close when it lapses, to those who are in them by their tier."""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.actions import CircleIsFull, IsSuspended, NotYetAMember, let_in
from porch.community.joining.models import Arrival, Way
from porch.community.membership.models import Member
from porch.community.removal.rules import WasRemoved
from porch.community.roles.limits import lay_down_roles, take_turns_with_roles
from porch.community.tiers.facts import TierCircleClosed
from porch.community.tiers.models import TierCircle
from porch.engine.facts.noting import note_all
from porch.kit.locks import take_turns

TURN = "tiers"


def take_turn(tier_ids: Collection[int | None], *, circle_ids: Collection[int] = ()) -> None:
    """Begin a change of members' tiers: one at a time, with every circle it may touch locked, in one order.

    Without that two changes could each wait for a circle, or for the turn to note facts, that the other has. With a
    circle its roles are laid down, so the turn of roles is taken too.
    """
    take_turns(TURN)
    take_turns_with_roles()
    opened = TierCircle.objects.filter(tier_id__in=[each for each in tier_ids if each]).values("circle")
    wanted = Circle.objects.select_for_update().filter(Q(pk__in=opened) | Q(pk__in=circle_ids))
    list(wanted.order_by("pk").values_list("pk", flat=True))


def opened_by(tier_id: int) -> list[Circle]:
    """List the circles that a tier opens."""
    return list(
        Circle.objects.filter(pk__in=TierCircle.objects.filter(tier=tier_id).values("circle")).order_by(
            "name", "pk"
        )
    )


def open_circles(member: Member, circles: Collection[Circle], *, at: datetime) -> list[Circle]:
    """Have a member in circles by their tier; give those that have no room left.

    To whoever is suspended or has left none opens meanwhile, and what they paid is kept: see ``open_again``.
    """
    full = []
    for circle in sorted(circles, key=lambda each: each.pk):
        try:
            let_in(person=member.person, circle=circle, way=Way.TIER, at=at)
        except CircleIsFull:
            full.append(circle)
        except (IsSuspended, NotYetAMember, WasRemoved):
            return []
    return full


def close_circles(member: Member, circle_ids: Collection[int], *, at: datetime) -> int:
    """Close circles to a member who is in them by a tier, and by no other way, with their roles; give their number."""
    theirs = in_by_tier(member, circle_ids)
    for circle in Circle.objects.filter(pk__in=theirs):
        lay_down_roles(member, circle)
    CircleMember.objects.filter(member=member, circle__in=theirs).delete()
    return note_all(TierCircleClosed(circle_id=each, member_id=member.pk, at=at) for each in sorted(theirs))


def in_by_tier(member: Member, circle_ids: Collection[int]) -> set[int]:
    """Tell in which of these circles a member is because of a tier: by the way they last came in."""
    there = CircleMember.objects.filter(member=member, circle__in=circle_ids)
    return came_by_tier(member, set(there.values_list("circle_id", flat=True)))


def came_by_tier(member: Member, circle_ids: Collection[int]) -> set[int]:
    """Tell into which of these circles a member came by a tier when they last came in."""
    ways: dict[int, str] = {}
    arrivals = Arrival.objects.filter(member=member, circle__in=circle_ids).order_by("-at", "-id")
    for circle_id, way in arrivals.values_list("circle_id", "way"):
        ways.setdefault(circle_id, way)
    return {circle_id for circle_id, way in ways.items() if way == Way.TIER}
