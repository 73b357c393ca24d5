from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet

from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member, here
from porch.community.roles.models import RoleHolder, RoleRight
from porch.kit.prepared import Prepared

MEMBER, STEWARD, OWNER = "member", "steward", "owner"
# A role that has this right has every one, those too that a later version brings.
EVERY = "*"


@dataclass(frozen=True, slots=True)
class RightRow:
    """A right that somebody has, from which role, and in which circle."""

    right: str
    role_id: int
    role__name: str
    role__circle_id: int
    role__circle__is_whole: bool
    role__circle__name: str


def _of_present(person: object) -> Q:
    return Q(member__person_id=person) & here("member__")


def _held_by(person: object) -> QuerySet[RoleHolder]:
    """Give the roles that somebody holds by name; one of a circle inside counts only while they are in it."""
    is_inside = Exists(
        CircleMember.objects.filter(circle=OuterRef("role__circle"), member=OuterRef("member"))
    )
    held = RoleHolder.objects.filter(_of_present(person))
    return held.filter(Q(role__circle__is_whole=True) | Q(is_inside))


def rights_held_by(person: Any) -> QuerySet[RoleRight]:
    """Select each right that somebody has: held by name, or by everyone who belongs to the community or to a circle."""
    return RoleRight.objects.filter(
        Q(role__in=_held_by(person).values("role"))
        | Q(role__key=MEMBER, role__circle__is_whole=True)
        | Q(
            role__key=MEMBER,
            role__circle__in=CircleMember.objects.filter(_of_present(person)).values("circle"),
        )
    ).filter(Exists(Member.objects.present().filter(person_id=person)))


RIGHTS_OF = Prepared(
    lambda person: rights_held_by(person).select_related("role__circle").order_by("role_id", "right"),
    RightRow,
    person=BigIntegerField(),
)


def rights_of(person_id: int | None) -> list[RightRow]:
    """Give every right that somebody has here, with the role it comes from: one query."""
    return [] if person_id is None else RIGHTS_OF.all(person=person_id)
