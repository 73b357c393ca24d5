"""The verbs of those who vouch."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.membership.models import Member
from porch.community.requests.actions import lock_request, require_open
from porch.community.requests.facts import VouchWithdrawn
from porch.community.requests.models import JoinRequest, Vouch
from porch.community.requests.moving import move_on
from porch.community.requests.vouches import add_vouch, may_speak
from porch.engine.facts.noting import note
from porch.kit.refusals import Conflict, NotAllowed, NotFound
from porch.kit.text import clean_line
from porch.people.identity.models import Person

MOST_TEXT = 500


class OnlyMembersVouch(NotAllowed):
    text = _("Only members can vouch.")
    hint = _("Join the community first.")


class NotInThisCircle(NotAllowed):
    text = _("Only who is in this circle can vouch for somebody who wants in.")
    hint = _("Ask a member of the circle to do it.")


class OwnVouch(NotAllowed):
    text = _("Nobody can vouch for themselves.")
    hint = _("Ask members who know you to do it.")


class VouchedAlready(Conflict):
    text = _("You vouched for this person already.")
    hint = _("You can take it back as long as they are not in.")


class NoVouchOfYours(Conflict):
    text = _("You have not vouched for this person.")
    hint = _("There is nothing to take back.")


class NoVouchesNeeded(Conflict):
    text = _("Nobody needs to vouch here.")
    hint = _("Those who look after it decide who comes in.")


@transaction.atomic
def vouch(*, request_id: int, by: Person, at: datetime, text: str = "") -> Vouch:
    """Vouch for somebody who wants in; with the last vouch that is needed they come forward, or in.

    Raises ``OnlyMembersVouch``, ``OwnVouch``, ``NotInThisCircle``, ``RequestIsClosed``, ``NoVouchesNeeded`` and
    ``VouchedAlready``.
    """
    asked, circle = lock_request(request_id)
    member = require_voucher(asked, circle, by)
    require_open(asked)
    if circle.vouches == 0:
        raise NoVouchesNeeded
    if Vouch.objects.standing().filter(request=asked, by=member).exists():
        raise VouchedAlready
    words = clean_line(text, most=MOST_TEXT, name=_("word")) if text.strip() else ""
    made = add_vouch(asked, member, text=words, at=at)
    move_on(asked, circle, at=at)
    return made


@transaction.atomic
def take_back_vouch(*, request_id: int, by: Person, at: datetime) -> Vouch:
    """Take one's vouch back, as long as the request is open.

    Raises ``OnlyMembersVouch``, ``NoVouchOfYours``, ``RequestIsClosed``, and ``NotFound`` at a hidden circle.
    """
    asked, circle = lock_request(request_id)
    member = Member.objects.present().select_related("person").filter(person=by).first()
    if member is None:
        raise OnlyMembersVouch
    found = Vouch.objects.standing().filter(request=asked, by=member).first()
    if found is None:
        # Of a hidden circle nobody learns by this that somebody wants into it.
        raise NotFound if circle.is_hidden and not may_speak(member, circle) else NoVouchOfYours
    require_open(asked)
    found.withdrawn_at = at
    found.save(update_fields=["withdrawn_at"])
    note(VouchWithdrawn(request_id=asked.pk, member_id=member.pk, at=at))
    move_on(asked, circle, at=at)
    return found


def require_voucher(asked: JoinRequest, circle: Circle, by: Person) -> Member:
    """Refuse whoever's word does not count here, and give whose does."""
    member = Member.objects.present().select_related("person").filter(person=by).first()
    if member is None or not member.person.is_active:
        raise OnlyMembersVouch
    if asked.person_id == by.pk:
        raise OwnVouch
    if not may_speak(member, circle):
        raise NotFound if circle.is_hidden else NotInThisCircle
    return member
