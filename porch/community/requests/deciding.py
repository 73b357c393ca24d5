"""The verbs of those who decide."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.membership.models import Member
from porch.community.requests.actions import (
    AlreadyAsked,
    close,
    lock_request,
    open_request,
    require_open,
    require_outside,
)
from porch.community.requests.acts import REQUEST_APPROVED, REQUEST_DECLINED, REQUEST_REOPENED
from porch.community.requests.facts import JoinDecided, JoinReopened
from porch.community.requests.letters import News, tell_asker
from porch.community.requests.models import LIFE, JoinRequest, State
from porch.community.requests.moving import COLUMNS, move_on
from porch.community.requests.rights import DECIDE_REQUESTS
from porch.community.requests.vouches import missing
from porch.community.roles.rules import require
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.refusals import BadInput, Conflict, NotAllowed
from porch.kit.text import clean_line
from porch.people.identity.models import Person

MOST_REASON = 500


class OwnRequest(NotAllowed):
    text = _("You cannot decide about a request of your own.")
    hint = _("Somebody else who decides can.")


class ReasonIsMissing(BadInput):
    text = _("Declining needs a reason.")
    hint = _("Whoever asked reads it in a letter.")


class DecidedAlready(Conflict):
    text = _("Somebody said yes already, or no decision is needed.")
    hint = _("The request shows what it still waits for.")


class NothingToTakeBack(Conflict):
    text = _("Nothing was decided that can be taken back.")
    hint = _("Who is in already stays in. What expired or was withdrawn can be asked again.")


@transaction.atomic
def decide_request(
    *, request_id: int, is_yes: bool, by: Person, at: datetime, reason: str = ""
) -> JoinRequest:
    """Say yes to a request, or decline it with a reason; whoever asked is told.

    After a yes, vouches and a seat may still be missing. Raises ``NeedsRight``, ``OwnRequest``, ``RequestIsClosed``,
    ``DecidedAlready`` and ``ReasonIsMissing``.
    """
    asked, circle = lock_request(request_id)
    member = require_decider(asked, circle, by)
    require_open(asked)
    why = clean_line(reason, most=MOST_REASON, name=_("reason")) if reason.strip() else ""
    act = REQUEST_APPROVED if is_yes else REQUEST_DECLINED
    record(act, by_id=by.pk, about_id=asked.person_id, at=at, reason=why, request_id=asked.pk)
    note(JoinDecided(request_id=asked.pk, is_yes=is_yes, by_person_id=by.pk, at=at))
    asked.decided_by, asked.reason = member, why
    return say_yes(asked, circle, at=at) if is_yes else say_no(asked, circle, at=at)


def say_yes(asked: JoinRequest, circle: Circle, *, at: datetime) -> JoinRequest:
    """Go on with a request that waited for a decision."""
    if asked.state != State.ASKED:
        raise DecidedAlready
    asked.approved_at = at
    asked.save(update_fields=COLUMNS)
    move_on(asked, circle, at=at)
    if asked.state == State.VOUCHES:
        tell_asker(asked, circle, News.VOUCHES, at=at, n=missing(asked, circle))
    return asked


def say_no(asked: JoinRequest, circle: Circle, *, at: datetime) -> JoinRequest:
    """Decline a request, whatever it waits for."""
    if not asked.reason:
        raise ReasonIsMissing
    close(asked, State.DECLINED, at=at)
    tell_asker(asked, circle, News.DECLINED, at=at)
    return asked


@transaction.atomic
def reopen_request(*, request_id: int, by: Person, at: datetime) -> JoinRequest:
    """Take back a no, or a yes that has not led in yet: the request waits for a decision again.

    Raises ``NeedsRight``, ``OwnRequest``, ``NothingToTakeBack``, ``AlreadyAsked``, and ``AlreadyIn`` where whoever was
    declined has come in by another way.
    """
    asked, circle = lock_request(request_id)
    require_decider(asked, circle, by)
    is_declined = asked.state == State.DECLINED
    if not is_declined and (asked.closed_at is not None or asked.approved_at is None):
        raise NothingToTakeBack
    if is_declined:
        require_outside(asked.person, circle)
        if open_request(asked.person, circle) is not None:
            raise AlreadyAsked
    record(REQUEST_REOPENED, by_id=by.pk, about_id=asked.person_id, at=at, request_id=asked.pk)
    note(JoinReopened(request_id=asked.pk, by_person_id=by.pk, at=at))
    asked.state, asked.expires_at = State.ASKED, at + LIFE
    asked.approved_at = asked.queued_at = asked.closed_at = asked.decided_by = None
    asked.reason = ""
    asked.save(update_fields=COLUMNS)
    tell_asker(asked, circle, News.REOPENED, at=at)
    return move_on(asked, circle, at=at)


def require_decider(asked: JoinRequest, circle: Circle, by: Person) -> Member:
    """Refuse whoever may not decide about a request, and give who may."""
    require(by.pk, DECIDE_REQUESTS, circle.pk)
    if asked.person_id == by.pk:
        raise OwnRequest
    return Member.objects.present().get(person=by)
