"""Who may act against whom, and who may not come in."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.leaving.models import LaidDownRole
from porch.community.membership.models import Member
from porch.community.removal.models import Removal, RemovalQuerySet
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.community.roles.limits import has_all
from porch.community.roles.models import RoleHolder, RoleRight
from porch.community.roles.reads import EVERY, rights_of
from porch.community.roles.rules import NeedsRight, covers
from porch.kit.refusals import NotAllowed
from porch.people.identity.addresses import addresses_of
from porch.people.identity.models import FormerAddress, Person
from porch.people.suppression.hashing import hashes_for


class NotAgainstOneself(NotAllowed):
    text = _("You cannot do this to yourself.")
    hint = _("Who wants to go can leave, or take a pause: both are in your account.")


class NotAgainstAnOwner(NotAllowed):
    text = _("This cannot be done to an owner.")
    hint = _("An owner has to give up the role first.")


class NotAgainstASteward(NotAllowed):
    text = _("They look after this place themselves, so only an owner can do this.")
    hint = _("Ask an owner.")


class HasMoreRights(NotAllowed):
    text = _("They have rights that you do not have, so you can neither suspend nor remove them.")
    hint = _("Somebody who has these rights too can, for instance an owner.")


class WasRemoved(NotAllowed):
    text = _("You were removed from this community, so no way leads in.")
    hint = _("Your account says until when, and where you can appeal.")


def require_power_over(*, by: Person, member: Member) -> None:
    """Refuse whoever may not suspend or remove a member: nobody does so to those who may more, here or in a circle.

    Raises ``NeedsRight``, ``NotAgainstOneself``, ``NotAgainstAnOwner``, ``NotAgainstASteward``, ``HasMoreRights``.
    """
    rows = rights_of(by.pk)
    if not covers(rows, REMOVE_MEMBERS):
        raise NeedsRight
    if member.person_id == by.pk:
        raise NotAgainstOneself
    theirs = rights_given_to(member)
    whole = {each.right for each in theirs if each.role.circle.is_whole}
    if EVERY in whole and member.left_at is None:
        raise NotAgainstAnOwner
    if REMOVE_MEMBERS.name in whole and not any(row.right == EVERY for row in rows):
        raise NotAgainstASteward
    if not all(has_all(rows, [each.right], each.role.circle) for each in theirs):
        raise HasMoreRights


def rights_given_to(member: Member) -> list[RoleRight]:
    """Give the rights that a member's own roles give, whether or not they are here; also what a leaver laid down."""
    held = Q(role__in=RoleHolder.objects.filter(member=member).values("role"))
    laid_down = Q(role__in=LaidDownRole.objects.filter(leaving__member=member).values("role"))
    return list(RoleRight.objects.filter(held | laid_down).select_related("role__circle"))


def require_not_removed(*, person: Person, at: datetime) -> None:
    """Refuse somebody whom a removal keeps out, by another account too. Raises ``WasRemoved``."""
    if removals_against(person).standing(at).exists():
        raise WasRemoved


def removals_against(person: Person) -> RemovalQuerySet:
    """Give every removal of a person, also of one who had an address of theirs before."""
    found = Removal.objects.filter(Q(person=person) | Q(hashes__hash__in=hashes_of(person)))
    return Removal.objects.filter(pk__in=found.values("pk")).order_by("-at", "-pk")


def hashes_of(person: Person) -> list[str]:
    """Give the keyed hashes of each address that somebody has here, or had; with another tag it is the same one."""
    addresses = {each.email for each in addresses_of(person)} | {person.email or ""}
    now_theirs = {each for address in addresses - {""} for each in hashes_for(address)}
    former = FormerAddress.objects.filter(person=person).values_list("hash", flat=True)
    return sorted({*now_theirs, *former})
