"""Who may act against whom, and who may not come in."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.community.removal.models import Removal, RemovalQuerySet
from porch.community.removal.rights import REMOVE_MEMBERS
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


class WasRemoved(NotAllowed):
    text = _("You were removed from this community, so no way leads in.")
    hint = _("Your account says until when, and where you can appeal.")


def require_power_over(*, by: Person, member: Member) -> None:
    """Refuse whoever may not suspend or remove a member.

    Raises ``NeedsRight``, ``NotAgainstOneself``, ``NotAgainstAnOwner`` and ``NotAgainstASteward``.
    """
    rows = rights_of(by.pk)
    if not covers(rows, REMOVE_MEMBERS):
        raise NeedsRight
    if member.person_id == by.pk:
        raise NotAgainstOneself
    theirs = whole_rights_of(member)
    if EVERY in theirs:
        raise NotAgainstAnOwner
    if REMOVE_MEMBERS.name in theirs and not any(row.right == EVERY for row in rows):
        raise NotAgainstASteward


def whole_rights_of(member: Member) -> set[str]:
    """Name the rights over the whole community that a member's roles give, whether or not they are here."""
    held = RoleHolder.objects.filter(member=member, role__circle__is_whole=True).values("role")
    return set(RoleRight.objects.filter(role__in=held).values_list("right", flat=True))


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
