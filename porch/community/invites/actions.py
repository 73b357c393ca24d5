"""The verbs of invites: make a link, revoke an invite and undo that, and send a letter once more."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.invites.acts import MADE, RESTORED, REVOKED, SENT_AGAIN
from porch.community.invites.facts import InviteMade, InviteRestored, InviteRevoked
from porch.community.invites.letters import write_to
from porch.community.invites.models import LONGEST_NOTE, MOST_DAYS, MOST_USES, Invite
from porch.community.invites.rights import INVITE
from porch.community.membership.models import Member
from porch.community.roles.limits import require_can_admit
from porch.community.roles.rules import require
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note as note_fact
from porch.kit.ids import digest, new_token
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.kit.text import clean_line
from porch.people.identity.models import Person

SLIP_OF_THE_HAND = timedelta(minutes=10)


class DoesNotCount(BadInput):
    text = _("An invitation is good for 1 to %(uses)s people and for 1 to %(days)s days.")
    hint = _("Change the number and send it again.")


class InviteIsSpent(Conflict):
    text = _("This invitation is no longer open.")
    hint = _("It was used, revoked, or its time is over. Make a new one.")


class SentTwiceAlready(Conflict):
    text = _("This invitation cannot be sent again.")
    hint = _(
        "It goes out once, and once more. Whoever did not answer then does not want to, or never got it."
    )


class NotUndoneAnyMore(Conflict):
    text = _("This cannot be undone any more.")
    hint = _("Only within ten minutes. Make a new invitation.")


@transaction.atomic
def make_link(
    *, circle: Circle, by: Person, uses: int, days: int, note: str, at: datetime
) -> tuple[Invite, str]:
    """Make a link for so many people and days; give it with its secret, which is stored nowhere."""
    member = require_inviter(by, circle)
    note = clean_terms(uses=uses, days=days, note=note)
    token = new_token()
    invite = Invite.objects.create(
        circle=circle,
        made_by=member,
        digest=digest(token),
        note=note,
        most_uses=uses,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    record(MADE, by_id=by.pk, at=at, invite_id=invite.pk, circle_id=circle.pk)
    note_fact(InviteMade(invite_id=invite.pk, circle_id=circle.pk, by_member_id=member.pk, at=at))
    return invite, token


@transaction.atomic
def revoke_invite(*, invite: Invite, by: Person, at: datetime) -> Invite:
    """Let nobody else in by an invite; whoever came in stays. One that is revoked already stays so."""
    invite = locked(invite, by)
    if invite.revoked_at is None:
        invite.revoked_at = at
        invite.save(update_fields=["revoked_at"])
        record(REVOKED, by_id=by.pk, about_id=maker(invite), at=at, invite_id=invite.pk)
        note_fact(InviteRevoked(invite_id=invite.pk, at=at))
    return invite


@transaction.atomic
def restore_invite(*, invite: Invite, by: Person, at: datetime) -> Invite:
    """Undo a slip of the hand, within ten minutes."""
    invite = locked(invite, by)
    if invite.revoked_at is None:
        return invite
    if not invite.revoked_at <= at < invite.revoked_at + SLIP_OF_THE_HAND:
        raise NotUndoneAnyMore
    invite.revoked_at = None
    invite.save(update_fields=["revoked_at"])
    record(RESTORED, by_id=by.pk, about_id=maker(invite), at=at, invite_id=invite.pk)
    note_fact(InviteRestored(invite_id=invite.pk, at=at))
    return invite


@transaction.atomic
def send_again(*, invite: Invite, by: Person, at: datetime) -> Invite:
    """Send the letter of an invite once more, with a new link in place of the old one."""
    invite = locked(invite, by)
    if not invite.address or invite.sent_at is None or invite.sent_again_at is not None:
        raise SentTwiceAlready
    if not Invite.objects.open(at).filter(pk=invite.pk).exists():
        raise InviteIsSpent
    invite.digest, invite.sent_again_at = digest(token := new_token()), at
    invite.save(update_fields=["digest", "sent_again_at"])
    write_to(invite, token=token, at=at)
    record(SENT_AGAIN, by_id=by.pk, about_id=maker(invite), at=at, invite_id=invite.pk)
    return invite


def require_inviter(by: Person, circle: Circle) -> Member:
    """Give the member that somebody is who may invite into a circle. Raises ``NeedsRight`` and ``GrantsMore``."""
    require(by.pk, INVITE, circle.pk)
    require_can_admit(by, circle)
    return Member.objects.present().get(person=by)


def clean_terms(*, uses: int, days: int, note: str) -> str:
    """Refuse terms out of bounds, and give the note as one clean line."""
    if not 1 <= uses <= MOST_USES or not 1 <= days <= MOST_DAYS:
        raise DoesNotCount(uses=MOST_USES, days=MOST_DAYS)
    return clean_line(note, most=LONGEST_NOTE, name=_("The note")) if note.strip() else ""


def locked(invite: Invite, by: Person) -> Invite:
    """Read an invite anew and hold it, for somebody who may look after it."""
    found = (
        Invite.objects.select_for_update(of=("self",))
        .select_related("made_by__person", "circle")
        .filter(pk=invite.pk)
        .first()
    )
    if found is None:
        raise NotFound
    require(by.pk, INVITE, found.circle_id)
    return found


def maker(invite: Invite) -> int:
    """Give the person whose invite it is: what others do to it stands in their log."""
    return int(invite.made_by.person_id)
