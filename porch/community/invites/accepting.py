"""Coming in by an invite. Of two who want its last use, one gets in."""

from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.invites.facts import InviteAccepted
from porch.community.invites.models import HeldUse, Invite
from porch.community.invites.rights import INVITE
from porch.community.joining.actions import is_in
from porch.community.joining.models import Way
from porch.community.knocking.actions import knock, lock_door
from porch.community.membership.models import Member
from porch.community.requests.models import JoinRequest
from porch.community.roles.rules import may
from porch.engine.facts.noting import note
from porch.kit.ids import digest
from porch.kit.refusals import NotAllowed, Refusal
from porch.people.identity.models import Person
from porch.people.sign_in.limits import Rate, count

WRONG_LINKS = Rate("invite links that lead nowhere, from a place", 40, timedelta(hours=1))


class InviteIsOver(Refusal):
    status = 410


class InviteIsUnknown(InviteIsOver):
    """One answer for what was guessed and for what is gone."""

    text = _("This invitation leads nowhere.")
    hint = _("The link may not be whole, or a newer one was sent. Ask whoever gave it to you.")


class InviteIsExpired(InviteIsOver):
    text = _("This invitation has run out.")
    hint = _("It was good until %(until)s. Ask whoever gave it to you for a new one.")


class InviteIsUsedUp(InviteIsOver):
    text = _("This invitation has been used already.")
    hint = _("It was for %(uses)s. Ask whoever gave it to you for a new one.")


class InviteIsRevoked(InviteIsOver):
    text = _("This invitation was revoked.")
    hint = _("Ask whoever gave it to you.")


class InviterMayNotInvite(InviteIsOver):
    text = _("Whoever made this invitation does not invite here any more.")
    hint = _("Ask somebody else who belongs here.")


class InviteIsForAnother(NotAllowed):
    text = _("This invitation is for another address.")
    hint = _("Use the address to which it was sent, or ask for an invitation of your own.")


def find_invite(*, token: str, place: str, at: datetime, person: Person | None = None) -> Invite:
    """Find an invite that is open by its secret. Guesses are counted by place; whoever has a right one is not.

    To whoever waits by it already it is open still, used up or not.

    Raises a kind of ``InviteIsOver``, and ``TooManyTries``.
    """
    invite = Invite.objects.select_related("circle", "made_by__person").filter(digest=digest(token)).first()
    if invite is None:
        count(WRONG_LINKS, place, at=at)
        raise InviteIsUnknown
    if person is None or not waits_by(invite, person):
        is_held = person is not None and HeldUse.objects.filter(invite=invite, person=person).exists()
        require_open(invite, at, is_held=is_held)
    return invite


class InviteIsForMembers(NotAllowed):
    text = _("This invitation is for those who are members of the community already.")
    hint = _("Come into the community first, and open the link again then.")


@transaction.atomic
def accept_invite(*, token: str, person: Person, at: datetime) -> Member | None:
    """Have a person in by an invite. Whoever is in already, or waits by it, uses nothing up.

    Gives nobody where they have to wait at the door: their place counts. Where a circle inside is meant and the
    community lets them wait, the wish for the circle is not kept: they open the link again once they are in, and their
    use of it is held until then. Raises what ``find_invite`` does, ``InviteIsForAnother``, ``InviteIsForMembers``, and
    what ``knock`` refuses.
    """
    found = Invite.objects.select_related("circle").filter(digest=digest(token)).first()
    if found is None:
        raise InviteIsUnknown
    # The circle first: with a circle that is closed its invites go.
    lock_door(person, found.circle, Way.INVITE, at=at)
    invites = Invite.objects.select_for_update(of=("self",)).select_related("circle", "made_by__person")
    invite = invites.filter(pk=found.pk).first()
    if invite is None:
        raise InviteIsUnknown
    member = Member.objects.present().filter(person=person).first()
    if member is not None and is_in(member, invite.circle):
        return member
    if waits_by(invite, person):
        return None
    is_held = HeldUse.objects.filter(invite=invite, person=person).exists()
    require_open(invite, at, is_held=is_held)
    require_addressee(invite, person)
    if is_for_members(invite, person):
        raise InviteIsForMembers
    came = knock(person=person, circle=invite.circle, way=Way.INVITE, brought_by=invite.made_by, at=at)
    if not is_held:
        invite.used += 1
        invite.save(update_fields=["used"])
    keep_use(invite, person, until_in=came.request is not None and came.request.circle_id != invite.circle_id)
    if came.member is not None:
        note(InviteAccepted(invite_id=invite.pk, circle_id=invite.circle_id, member_id=came.member.pk, at=at))
    return came.member


def waits_by(invite: Invite, person: Person) -> bool:
    """Say whether somebody waits where an invite leads, or before it, because its maker invited them."""
    there = Q(circle=invite.circle_id) | Q(circle__is_whole=True)
    waiting = JoinRequest.objects.open().filter(there, person=person, way=Way.INVITE)
    return waiting.filter(brought_by=invite.made_by_id).exists()


def is_for_members(invite: Invite, person: Person | None) -> bool:
    """Say whether an invite is not for somebody, because a right in one circle alone brings no strangers in."""
    if invite.circle.is_whole or may(invite.made_by.person_id, INVITE):
        return False
    return person is None or not Member.objects.belonging().filter(person=person).exists()


def keep_use(invite: Invite, person: Person, *, until_in: bool) -> None:
    """Hold somebody's use of an invite until they are in the community, or let go of it."""
    if until_in:
        HeldUse.objects.get_or_create(invite=invite, person=person)
    else:
        HeldUse.objects.filter(invite=invite, person=person).delete()


def require_open(invite: Invite, at: datetime, *, is_held: bool = False) -> None:
    """Refuse an invite that lets nobody in now, and say why; whoever holds a use of it still has that."""
    if invite.revoked_at is not None:
        raise InviteIsRevoked
    if at < invite.made_at:  # a clock set back
        raise InviteIsUnknown
    if at >= invite.expires_at:
        raise InviteIsExpired(until=f"{invite.expires_at:%Y-%m-%d %H:%M UTC}")
    if invite.used >= invite.most_uses and not is_held:
        raise InviteIsUsedUp(uses=invite.most_uses)
    maker = invite.made_by
    # ``may`` knows nobody who has left; whoever was shut out has their rights still, and invites nobody.
    if not maker.person.is_active or not may(maker.person_id, INVITE, invite.circle_id):
        raise InviterMayNotInvite


def require_addressee(invite: Invite, person: Person) -> None:
    """Refuse whoever has not proved the address that a letter went to."""
    if not invite.address:
        return
    theirs = EmailAddress.objects.filter(user_id=person.pk, email=invite.address, verified=True)
    if not theirs.exists():
        raise InviteIsForAnother
