"""Who reaches a space, the other way round: the members for whom what is said in it is."""

from dataclasses import dataclass

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet

from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import EVERY
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rights import TEND_TOPICS
from porch.conversation.spaces.rules import reached_by
from porch.kit.prepared import Prepared


@dataclass(frozen=True, slots=True)
class Reached:
    id: int


# The rule itself, for one space and one person.
REACHED = Prepared(
    lambda space, person: Space.objects.filter(reached_by(person), pk=space),
    Reached,
    space=BigIntegerField(),
    person=BigIntegerField(),
)

ALL_REACHED = Prepared(
    lambda person: Space.objects.filter(reached_by(person), is_direct=False).order_by("pk"),
    Reached,
    person=BigIntegerField(),
)


def reaches(person_id: int, space_id: int) -> bool:
    """Say whether somebody reaches a space."""
    return REACHED.exists(space=space_id, person=person_id)


def reached_of(person_id: int) -> set[int]:
    """Give the numbers of the spaces that somebody reaches; direct conversations are none."""
    return {each.id for each in ALL_REACHED.all(person=person_id)}


def likely_in(space: Space) -> QuerySet[Member]:
    """Select the members who may reach a space, to be asked one by one (``reaches``) before anything is said to them.

    It leaves out none who is in its circle, has its role, or holds a role of those who look after it.
    """
    here = Member.objects.present().filter(person__is_active=True)
    if space.circle_id is None and space.role_id is None:
        return here
    circle = space.circle_id or (space.role.circle_id if space.role else None)
    tending = Role.objects.filter(
        Q(circle__is_whole=True) | Q(circle=circle), rights__right__in=(TEND_TOPICS.name, EVERY)
    )
    within = Exists(RoleHolder.objects.filter(member=OuterRef("pk"), role__in=tending.values("pk")))
    if space.circle_id is not None:
        among = Exists(CircleMember.objects.filter(member=OuterRef("pk"), circle=space.circle_id))
    else:
        among = Exists(RoleHolder.objects.filter(member=OuterRef("pk"), role=space.role_id))
    return here.filter(Q(within) | Q(among))
