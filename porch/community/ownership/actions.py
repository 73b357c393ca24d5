"""Handing over the ownership: offered by an owner, and theirs no longer once the other has accepted."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.community.ownership.acts import ACCEPTED, DECLINED, OFFERED, WITHDRAWN
from porch.community.ownership.facts import (
    OwnershipAccepted,
    OwnershipDeclined,
    OwnershipOffered,
    OwnershipOfferWithdrawn,
)
from porch.community.ownership.models import OwnershipOffer, State
from porch.community.ownership.telling import tell_both
from porch.community.roles.limits import take_turns_with_roles
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import OWNER
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.refusals import Conflict, NotAllowed, NotFound
from porch.people.identity.models import Person

OPEN_FOR = timedelta(days=14)


class NotAnOwner(NotAllowed):
    text = _("Only an owner can hand the ownership over.")
    hint = _("Your account lists the roles that you have.")


class OwnsItAlready(Conflict):
    text = _("This member is an owner already.")
    hint = _("To be no owner any more, lay the role down on its page.")


class OfferIsOpen(Conflict):
    text = _("You have offered the ownership already, and it is not answered yet.")
    hint = _("Take that offer back first.")


class OfferIsOver(Conflict):
    text = _("This offer is over: it was answered or taken back, or its 14 days have passed.")
    hint = _("An owner can offer it again.")


@transaction.atomic
def hand_over(*, to: Member, by: Person, at: datetime) -> OwnershipOffer:
    """Offer the ownership to a present member. Nothing changes until they accept, within 14 days."""
    take_turns_with_roles()
    giver = Member.objects.present().filter(person=by).first()
    if giver is None or not owns(giver):
        raise NotAnOwner
    receiver = Member.objects.present().filter(pk=to.pk, person__is_active=True).first()
    if receiver is None:
        raise NotFound
    if owns(receiver):
        raise OwnsItAlready
    earlier = OwnershipOffer.objects.filter(giver=giver, state=State.OFFERED)
    earlier.filter(ends_at__lte=at).update(state=State.EXPIRED, settled_at=at)
    if earlier.exists():
        raise OfferIsOpen
    made = OwnershipOffer.objects.create(giver=giver, receiver=receiver, offered_at=at, ends_at=at + OPEN_FOR)
    record(OFFERED, by_id=by.pk, about_id=receiver.person_id, at=at, offer_id=made.pk)
    note(
        OwnershipOffered(offer_id=made.pk, from_member_id=giver.pk, to_member_id=receiver.pk, at=at),
    )
    tell_both(made, at=at)
    return made


@transaction.atomic
def accept(*, offer: OwnershipOffer, by: Person, at: datetime) -> OwnershipOffer:
    """Take the ownership over, in place of whoever offered it and still has it."""
    found = open_to(offer, by, at)
    role = Role.objects.get(key=OWNER, circle__is_whole=True)
    gone, _kinds = RoleHolder.objects.filter(role=role, member=found.giver).delete()
    # Whoever has come again since is not whom it was offered to.
    has_come_again = found.receiver.joined_at > found.offered_at
    if not gone or found.giver.left_at is not None or has_come_again:
        raise OfferIsOver
    RoleHolder.objects.get_or_create(
        role=role, member=found.receiver, defaults={"given_at": at, "given_by": found.giver}
    )
    settle(found, State.ACCEPTED, at)
    record(ACCEPTED, by_id=by.pk, about_id=found.giver.person_id, at=at, offer_id=found.pk)
    note(
        OwnershipAccepted(
            offer_id=found.pk, from_member_id=found.giver_id, to_member_id=found.receiver_id, at=at
        )
    )
    return found


@transaction.atomic
def decline(*, offer: OwnershipOffer, by: Person, at: datetime) -> OwnershipOffer:
    """Decline the ownership: everything stays as it is."""
    found = open_to(offer, by, at)
    settle(found, State.DECLINED, at)
    record(DECLINED, by_id=by.pk, about_id=found.giver.person_id, at=at, offer_id=found.pk)
    note(OwnershipDeclined(offer_id=found.pk, at=at))
    return found


@transaction.atomic
def withdraw(*, offer: OwnershipOffer, by: Person, at: datetime) -> OwnershipOffer:
    """Take an offer of one's own back."""
    found = locked(offer)
    if found.giver.person_id != by.pk:
        raise NotFound
    require_open(found, at)
    settle(found, State.WITHDRAWN, at)
    record(WITHDRAWN, by_id=by.pk, about_id=found.receiver.person_id, at=at, offer_id=found.pk)
    note(OwnershipOfferWithdrawn(offer_id=found.pk, at=at))
    return found


def owns(member: Member) -> bool:
    """Say whether a member is an owner of the whole community."""
    return RoleHolder.objects.filter(member=member, role__key=OWNER, role__circle__is_whole=True).exists()


def open_to(offer: OwnershipOffer, by: Person, at: datetime) -> OwnershipOffer:
    """Give an open offer to whoever it was made to; for others there is none. Raises ``OfferIsOver``."""
    found = locked(offer)
    if found.receiver.person_id != by.pk or found.receiver.left_at is not None:
        raise NotFound
    require_open(found, at)
    return found


def require_open(found: OwnershipOffer, at: datetime) -> None:
    """Refuse an offer that is settled, or whose time has passed. Raises ``OfferIsOver``."""
    if found.state != State.OFFERED or at >= found.ends_at:
        raise OfferIsOver


def settle(found: OwnershipOffer, state: State, at: datetime) -> None:
    """Mark an offer as settled, and write to both."""
    found.state, found.settled_at = state, at
    found.save(update_fields=["state", "settled_at"])
    tell_both(found, at=at)


def locked(offer: OwnershipOffer) -> OwnershipOffer:
    """Read an offer anew, taking turns with all that changes roles. Raises ``NotFound``."""
    take_turns_with_roles()
    both = OwnershipOffer.objects.select_related("giver__person", "receiver__person")
    found = both.select_for_update(of=("self",)).filter(pk=offer.pk).first()
    if found is None:
        raise NotFound
    return found
