"""Roles for tests: one with the rights that are wanted, held by whom."""

from porch.community.circles.actions import found_whole
from porch.community.circles.models import Circle
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.community.roles.reads import OWNER
from porch.community.roles.rights import Right
from porch.people.identity.models import Person
from tests.community.circles.making import member_of
from tests.village import NOON


def role_with(
    *rights: Right, circle: Circle | None = None, held_by: Person | None = None, name: str = "Host"
) -> Role:
    """Put a role there with these rights, as if it had always been there."""
    role = Role.objects.create(circle=circle or found_whole(at=NOON), name=name, made_at=NOON)
    RoleRight.objects.bulk_create(RoleRight(role=role, right=right.name) for right in rights)
    if held_by:
        RoleHolder.objects.create(role=role, member=member_of(held_by), given_at=NOON)
    return role


def owner_role() -> Role:
    return Role.objects.get(key=OWNER, circle__is_whole=True)


def holders(role: Role) -> set[str]:
    return set(RoleHolder.objects.filter(role=role).values_list("member__person__name", flat=True))
