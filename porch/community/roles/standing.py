"""How the rights of a community stand: which of them nobody has, and which hang on one account."""

from dataclasses import dataclass

from porch.community.membership.models import Member
from porch.community.roles.models import RoleHolder, RoleRight
from porch.community.roles.reads import EVERY, MEMBER
from porch.community.roles.rights import RIGHTS, Right


@dataclass(frozen=True, slots=True)
class Standing:
    """``owners`` counts accounts that can come in; ``lone`` are rights that one of them has alone."""

    is_new: bool
    owners: int
    held_by_nobody: list[Right]
    lone: list[Right]


def standing() -> Standing:
    """Look at the rights in the whole community; whoever has left or is shut out counts for nobody."""
    able = Member.objects.present().filter(person__is_active=True)
    held: dict[str, set[int]] = {}
    roles = RoleHolder.objects.filter(role__circle__is_whole=True, member__in=able)
    for right, member_id in roles.values_list("role__rights__right", "member_id"):
        held.setdefault(right, set()).add(member_id)
    owners = held.get(EVERY, set())
    everyones = RoleRight.objects.filter(role__key=MEMBER, role__circle__is_whole=True)
    count, given_to_all = able.count(), set(everyones.values_list("right", flat=True))
    holders = {
        name: count if name in given_to_all else len(held.get(name, set()) | owners) for name in RIGHTS
    }
    return Standing(
        is_new=not Member.objects.exists(),
        owners=len(owners),
        held_by_nobody=[RIGHTS[name] for name, n in holders.items() if n == 0],
        lone=[RIGHTS[name] for name, n in holders.items() if n == 1],
    )
