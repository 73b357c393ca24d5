"""The verbs of roles."""

from collections.abc import Callable, Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porch.community.circles.models import Circle
from porch.community.joining.actions import is_in
from porch.community.leaving.models import LaidDownRole
from porch.community.membership.models import Member, here
from porch.community.roles.acts import CHANGED, DELETED, GIVEN, MADE, TAKEN
from porch.community.roles.facts import RoleChanged, RoleDeleted, RoleGiven, RoleMade, RoleTaken
from porch.community.roles.limits import (
    require_another_owner,
    require_manager,
    require_within,
    rights_in,
    take_turns_with_roles,
)
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.community.roles.reads import EVERY, MEMBER, OWNER, STEWARD
from porch.community.roles.rights import RIGHTS
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.kit.text import clean_line
from porch.people.identity.models import Person

LONGEST_NAME, LONGEST_DESCRIPTION = 80, 300
# Asked before a role is deleted: each raises a refusal for one that is still needed. Higher floors add to it.
ASKED_BEFORE_DELETING: list[Callable[[Role], None]] = []


class RoleNameIsTaken(Conflict):
    text = gettext_lazy("Another role here has this name.")
    hint = gettext_lazy("Choose a name that tells the two apart.")


class NoSuchRight(BadInput):
    text = gettext_lazy("There is no such right.")
    hint = gettext_lazy("Choose from those that are listed.")


class RoleStays(Conflict):
    text = gettext_lazy("This role belongs to every community, so it stays.")
    hint = gettext_lazy("You can give it another name.")


class OwnersHaveEveryRight(Conflict):
    text = gettext_lazy("Owners have every right, and keep them all.")
    hint = gettext_lazy("Make another role for those who shall have fewer.")


class EveryoneHasIt(Conflict):
    text = gettext_lazy("Everyone who is in it has this role already; it is neither given nor taken.")
    hint = gettext_lazy("Change its rights, or give another role.")


class NotInTheCircle(Conflict):
    text = gettext_lazy("They are not in this circle, so they cannot have a role in it.")
    hint = gettext_lazy("Have them join it first.")


@transaction.atomic
def found_roles(*, circle: Circle, at: datetime) -> None:
    """Give the whole community the three roles that Porch makes; what is there already stays as it is."""
    names = {OWNER: _("Owner"), STEWARD: _("Steward"), MEMBER: _("Member")}
    for key, name in names.items():
        role, is_new = Role.objects.get_or_create(
            circle=circle, key=key, defaults={"name": name, "made_at": at}
        )
        if is_new:
            given = (
                [EVERY] if key == OWNER else [each.name for each in RIGHTS.values() if key in each.given_to]
            )
            RoleRight.objects.bulk_create(RoleRight(role=role, right=right) for right in given)


@transaction.atomic
def make_first_owner(*, member: Member, circle: Circle, at: datetime) -> None:
    """Let the first member of a new house own it, or the next one where no owner is here who can sign in."""
    take_turns_with_roles()
    owner = Role.objects.get(circle=circle, key=OWNER)
    able = RoleHolder.objects.filter(here("member__"), role=owner, member__person__is_active=True)
    if not able.exists():
        RoleHolder.objects.get_or_create(role=owner, member=member, defaults={"given_at": at})


@transaction.atomic
def make_role(
    *, circle: Circle, name: str, description: str = "", rights: Iterable[str], by: Person, at: datetime
) -> Role:
    """Make a role in a circle, with rights by their names. It can grant no more than its maker has there."""
    take_turns_with_roles()
    name, description = clean_name(name, circle), clean_description(description)
    rights = clean_rights(rights)
    require_within(require_manager(by, circle), rights, circle)
    role = Role.objects.create(circle=circle, name=name, description=description, made_at=at)
    RoleRight.objects.bulk_create(RoleRight(role=role, right=right) for right in rights)
    record(MADE, by_id=by.pk, at=at, role_id=role.pk, circle_id=circle.pk)
    note(RoleMade(role_id=role.pk, circle_id=circle.pk, by_person_id=by.pk, at=at))
    return role


@transaction.atomic
def change_role(
    *, role: Role, name: str, description: str, rights: Iterable[str] | None = None, by: Person, at: datetime
) -> Role:
    """Rename and describe a role, and set its rights; None leaves them.

    Nobody changes a role that grants more than they have, nor lets it grant more. Owners keep every right.
    """
    take_turns_with_roles()
    role = locked(role)
    mine, before = require_manager(by, role.circle), rights_in(role)
    name, description = clean_name(name, role.circle, but=role), clean_description(description)
    after = before if rights is None else clean_rights(rights)
    require_within(mine, {*before, *after}, role.circle)
    if role.key == OWNER and after != before:
        raise OwnersHaveEveryRight
    if (role.name, role.description, set(before)) == (name, description, set(after)):
        return role
    role.name, role.description = name, description
    role.save(update_fields=["name", "description"])
    RoleRight.objects.filter(role=role).exclude(right__in=after).delete()
    RoleRight.objects.bulk_create(RoleRight(role=role, right=each) for each in after if each not in before)
    record(CHANGED, by_id=by.pk, at=at, role_id=role.pk, circle_id=role.circle_id)
    note(RoleChanged(role_id=role.pk, by_person_id=by.pk, at=at))
    return role


@transaction.atomic
def delete_role(*, role: Role, by: Person, at: datetime) -> None:
    """Delete a role, from everyone who has it. Those that Porch makes itself stay."""
    take_turns_with_roles()
    role = locked(role)
    require_within(require_manager(by, role.circle), rights_in(role), role.circle)
    if role.key:
        raise RoleStays
    for ask in ASKED_BEFORE_DELETING:
        ask(role)
    record(DELETED, by_id=by.pk, at=at, role_id=role.pk, circle_id=role.circle_id)
    note(RoleDeleted(role_id=role.pk, circle_id=role.circle_id, by_person_id=by.pk, at=at))
    role.delete()


@transaction.atomic
def give_role(*, role: Role, member: Member, by: Person, at: datetime) -> RoleHolder:
    """Give a member a role; who has it keeps it. It must grant no more than its giver has."""
    take_turns_with_roles()
    role, member = locked(role), present(member)
    require_within(require_manager(by, role.circle), rights_in(role), role.circle)
    if role.key == MEMBER:
        raise EveryoneHasIt
    if not is_in(member, role.circle):
        raise NotInTheCircle
    giver = Member.objects.get(person=by)
    holder, is_new = RoleHolder.objects.get_or_create(
        role=role, member=member, defaults={"given_at": at, "given_by": giver}
    )
    if is_new:
        record(
            GIVEN,
            by_id=by.pk,
            about_id=member.person_id,
            at=at,
            role_id=role.pk,
            circle_id=role.circle_id,
        )
        note(RoleGiven(role_id=role.pk, member_id=member.pk, by_person_id=by.pk, at=at))
    return holder


@transaction.atomic
def take_role(*, role: Role, member: Member, by: Person, at: datetime, reason: str = "") -> bool:
    """Take a role from a member; say whether they had it. Everyone may lay down a role of their own.

    It is taken too from somebody who has left and could come back with it. The last owner stays one.
    """
    take_turns_with_roles()
    role = locked(role)
    if member.person_id != by.pk:
        require_within(require_manager(by, role.circle), rights_in(role), role.circle)
    if role.key == OWNER:
        require_another_owner(member)
    taken, _kinds = RoleHolder.objects.filter(role=role, member=member).delete()
    laid_down, _kinds = LaidDownRole.objects.filter(role=role, leaving__member=member).delete()
    if taken or laid_down:
        record(
            TAKEN,
            by_id=by.pk,
            about_id=member.person_id,
            at=at,
            reason=reason,
            role_id=role.pk,
            circle_id=role.circle_id,
        )
        note(RoleTaken(role_id=role.pk, member_id=member.pk, by_person_id=by.pk, at=at))
    return bool(taken or laid_down)


def locked(role: Role) -> Role:
    """Read a role anew, with its circle, and hold it to the end of the transaction. Raises ``NotFound``."""
    found = Role.objects.select_for_update(of=("self",)).select_related("circle").filter(pk=role.pk).first()
    if found is None:
        raise NotFound
    return found


def present(member: Member) -> Member:
    """Read a member anew who has not left. Raises ``NotFound``."""
    found = Member.objects.present().filter(pk=member.pk).first()
    if found is None:
        raise NotFound
    return found


def clean_name(name: str, circle: Circle, but: Role | None = None) -> str:
    """Clean the name of a role, which it has to itself in its circle."""
    name = clean_line(name, most=LONGEST_NAME, name=gettext_lazy("name"))
    others = Role.objects.filter(circle=circle, name__iexact=name)
    if (others.exclude(pk=but.pk) if but else others).exists():
        raise RoleNameIsTaken
    return name


def clean_description(text: str) -> str:
    """Clean what is said of a role, which may be nothing."""
    return (
        clean_line(text, most=LONGEST_DESCRIPTION, name=gettext_lazy("description")) if text.strip() else ""
    )


def clean_rights(names: Iterable[str]) -> list[str]:
    """Give the names of declared rights, each once, in their order. Raises ``NoSuchRight``."""
    wanted = set(names)
    if not wanted <= RIGHTS.keys():
        raise NoSuchRight
    return [name for name in RIGHTS if name in wanted]
