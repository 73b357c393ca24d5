"""What holds for whoever gives rights on: never more than they have, and never the last owner."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.membership.models import Member, here
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.community.roles.reads import EVERY, MEMBER, OWNER, RightRow, rights_of
from porch.community.roles.rights import MANAGE_ROLES
from porch.community.roles.rules import NeedsRight, covers
from porch.kit.locks import take_turns
from porch.kit.refusals import Conflict, NotAllowed
from porch.people.identity.models import Person


class GrantsMore(NotAllowed):
    text = _("This role grants more than you have, so you can neither change it nor give or take it.")
    hint = _("Somebody who has all of its rights can, for instance an owner.")


class LastOwner(Conflict):
    text = _("The community has no other owner, so this one stays.")
    hint = _("Hand the ownership over under “Your rights”, or make somebody else an owner under “Roles”.")


def take_turns_with_roles() -> None:
    """Wait until nobody else changes who may what, to the end of the transaction.

    One lock for all roles: such changes are rare, and a granter who loses a right in the same moment must not give it.
    """
    take_turns("roles")


def require_manager(by: Person, circle: Circle) -> list[RightRow]:
    """Refuse whoever may not manage the roles of a circle; give the rights that they have. Raises ``NeedsRight``."""
    rows = rights_of(by.pk)
    if not covers(rows, MANAGE_ROLES, circle.pk):
        raise NeedsRight
    return rows


def require_within(rows: Iterable[RightRow], rights: Iterable[str], circle: Circle) -> None:
    """Refuse rights that go beyond those of whoever acts, there where they would count. Raises ``GrantsMore``."""
    if not has_all(rows, rights, circle):
        raise GrantsMore


def has_all(rows: Iterable[RightRow], rights: Iterable[str], circle: Circle) -> bool:
    """Say whether whoever has these rows may themselves, in a circle, all that some rights allow."""
    counting = [row for row in rows if row.role__circle__is_whole or row.role__circle_id == circle.pk]
    mine = {row.right for row in counting}
    return EVERY in mine or set(rights) <= mine


def require_can_admit(by: Person, circle: Circle) -> None:
    """Refuse to let anyone into a circle whose members may more than whoever lets them in. Raises ``GrantsMore``.

    The rights of everybody in a circle come with coming in, so letting in is giving them.
    """
    if not circle.is_whole:
        given = RoleRight.objects.filter(role__circle=circle, role__key=MEMBER).values_list(
            "right", flat=True
        )
        require_within(rights_of(by.pk), given, circle)


def rights_in(role: Role) -> list[str]:
    return list(RoleRight.objects.filter(role=role).values_list("right", flat=True))


def require_another_owner(member: Member) -> None:
    """Refuse where nobody else owns the community; call it while taking turns with roles. Raises ``LastOwner``."""
    if owns_alone(member):
        raise LastOwner


def require_heir(person: Person) -> None:
    """Refuse the only owner who wants to be erased, as long as somebody is left to own it. Raises ``LastOwner``."""
    take_turns_with_roles()
    member = Member.objects.filter(person=person).first()
    others = Member.objects.belonging().filter(person__is_active=True).exclude(person=person)
    if member is not None and others.exists():
        require_another_owner(member)


def owns_alone(member: Member) -> bool:
    """Say whether somebody is the only owner: whoever has left, is away or cannot sign in is none to rely on."""
    owners = RoleHolder.objects.filter(role__key=OWNER, role__circle__is_whole=True)
    others = owners.filter(here("member__"), member__person__is_active=True)
    return owners.filter(member=member).exists() and not others.exclude(member=member).exists()


def lay_down_roles(member: Member, circle: Circle) -> None:
    """Take every role that somebody has in a circle, because they are in it no more."""
    RoleHolder.objects.filter(member=member, role__circle=circle).delete()
