"""How one member belongs, for those who may see the list of all."""

from dataclasses import dataclass

from django.db.models import QuerySet

from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.models import Arrival
from porch.community.membership.models import Member
from porch.community.roles.models import Role, RoleHolder
from porch.community.tiers.models import MemberTier


@dataclass(frozen=True, slots=True)
class Belonging:
    """How a member stands here, what they hold, and how they came."""

    member: Member
    arrival: Arrival | None
    roles: list[Role]
    circles: list[Circle]
    tier: MemberTier | None


def belonging_of(member_id: int, seen: QuerySet[Circle]) -> Belonging:
    """Gather it, of the circles that whoever asks may know of: five queries."""
    came = Arrival.objects.filter(member=member_id, circle__is_whole=True)
    held = RoleHolder.objects.filter(member=member_id).values("role")
    roles = Role.objects.filter(pk__in=held, circle__in=seen.values("pk"))
    inside = CircleMember.objects.filter(member=member_id).values("circle")
    circles = seen.filter(is_whole=False, pk__in=inside)
    tiers = MemberTier.objects.standing().filter(member=member_id)
    return Belonging(
        member=Member.objects.belonging().get(pk=member_id),
        arrival=came.select_related("brought_by__person").order_by("-at", "-pk").first(),
        roles=list(roles.select_related("circle").order_by("-circle__is_whole", "name")),
        circles=list(circles.order_by("name")),
        tier=tiers.select_related("tier").first(),
    )
