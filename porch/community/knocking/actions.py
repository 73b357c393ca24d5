"""What happens when somebody stands at a circle's door, by whatever way they came: said here, and nowhere else."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db import transaction

from porch.community.circles.actions import found_whole
from porch.community.circles.models import Circle, WayIn
from porch.community.joining.actions import (
    NotYetAMember,
    is_in,
    let_in,
    lock_circle,
    require_not_kept_out,
    require_not_on_pause,
)
from porch.community.joining.models import Way
from porch.community.membership.models import Member
from porch.community.requests.actions import OnlyByInvitation, begin, open_request
from porch.community.requests.models import JoinRequest, State, Vouch
from porch.community.requests.moving import COLUMNS, move_on, seats_free
from porch.community.requests.vouches import add_vouch, may_speak
from porch.kit.refusals import NotFound
from porch.people.identity.locking import locked
from porch.people.identity.models import Person


class Outcome(StrEnum):
    """How it goes on for whoever knocked."""

    IN = "in"
    NEEDS_REQUEST = "needs a request"
    WAITS_FOR_DECISION = "waits for a decision"
    WAITS_FOR_VOUCHES = "waits for vouches"
    WAITS_FOR_SEAT = "waits for a seat"


@dataclass(frozen=True, slots=True)
class Knock:
    """What came of it: the member who is in, or the request with which somebody waits, or neither."""

    outcome: Outcome
    member: Member | None = None
    request: JoinRequest | None = None


WAITING = {
    State.ASKED: Outcome.WAITS_FOR_DECISION,
    State.VOUCHES: Outcome.WAITS_FOR_VOUCHES,
    State.SEAT: Outcome.WAITS_FOR_SEAT,
}


@transaction.atomic
def knock(
    *, person: Person, circle: Circle, way: Way, at: datetime, brought_by: Member | None = None
) -> Knock:
    """Let somebody in at once, or say what they wait for, or that they have to ask first.

    Whether an invitation is good was asked before; whoever invites vouches with it. One to a circle inside brings
    into the community first. Nobody overtakes those who wait for a seat. Raises ``OnlyByInvitation``,
    ``WasRemoved``, ``IsSuspended``, ``IsOnPause``, and ``NotYetAMember`` for a circle inside.
    """
    circle = lock_door(person, circle, way, at=at)
    require_not_kept_out(person=person, at=at)
    require_not_on_pause(person)
    is_there = Member.objects.belonging().filter(person=person).exists()
    if way == Way.INVITE and not circle.is_whole and not is_there:
        into_all = stand_at(person, found_whole(at=at), way, brought_by, at)
        if into_all.member is None:
            return into_all
    return stand_at(person, circle, way, brought_by, at)


def lock_door(person: Person, circle: Circle, way: Way, *, at: datetime) -> Circle:
    """Lock what a knock may change, before anything is changed; give the circle as it is now.

    One order for all: the whole community, the circle, the person. Raises ``NotFound``.
    """
    if way == Way.INVITE and not circle.is_whole:
        lock_circle(found_whole(at=at).pk)
    circle = lock_circle(circle.pk)
    locked(person)
    return circle


def stand_at(person: Person, circle: Circle, way: Way, brought_by: Member | None, at: datetime) -> Knock:
    """See what one circle asks of whoever stands there; it is locked."""
    member = Member.objects.belonging().filter(person=person).first()
    if member is not None and is_in(member, circle):
        return Knock(Outcome.IN, member)
    if member is None and not circle.is_whole:
        raise NotYetAMember
    if way == Way.FOUNDED:
        return Knock(Outcome.IN, let_in(person=person, circle=circle, way=way, brought_by=brought_by, at=at))
    asked = open_request(person, circle)
    if way != Way.INVITE and asked is not None:
        return standing(move_on(asked, circle, at=at))
    if way != Way.INVITE and circle.is_hidden:
        raise NotFound
    if way != Way.INVITE and circle.way_in != WayIn.OPEN:
        if circle.way_in == WayIn.INVITE:
            raise OnlyByInvitation
        return Knock(Outcome.NEEDS_REQUEST)
    voucher = brought_by if speaks_for(brought_by, person, circle) else None
    if asked is None and is_free(circle, voucher):
        return Knock(Outcome.IN, let_in(person=person, circle=circle, way=way, brought_by=brought_by, at=at))
    asked = asked or begin(person, circle, way=way, brought_by=brought_by, at=at)
    if way == Way.INVITE:
        bring(asked, brought_by, voucher, at=at)
    return standing(move_on(asked, circle, at=at))


def speaks_for(member: Member | None, person: Person, circle: Circle) -> bool:
    """Say whether an invitation counts as a vouch: not one's own, nor that of somebody who is not in the circle."""
    return member is not None and member.person_id != person.pk and may_speak(member, circle)


def is_free(circle: Circle, voucher: Member | None) -> bool:
    """Say whether somebody can come in at once: enough vouch, there is a seat, and nobody waits for it."""
    has_enough = circle.vouches <= (0 if voucher is None else 1)
    if not has_enough or seats_free(circle) == 0:
        return False
    return not JoinRequest.objects.filter(circle=circle, state=State.SEAT).exists()


def bring(asked: JoinRequest, brought_by: Member | None, voucher: Member | None, *, at: datetime) -> None:
    """Turn a request into that of somebody who is invited: no decision is needed, and who invites vouches."""
    asked.way, asked.brought_by = Way.INVITE, brought_by or asked.brought_by
    asked.save(update_fields=[*COLUMNS, "way", "brought_by"])
    if voucher and not Vouch.objects.standing().filter(request=asked, by=voucher).exists():
        add_vouch(asked, voucher, at=at)


def standing(asked: JoinRequest) -> Knock:
    """Say how far a request has come."""
    if asked.state != State.ADMITTED:
        return Knock(WAITING[State(asked.state)], request=asked)
    member = Member.objects.belonging().filter(person_id=asked.person_id).first()
    if member is None:
        raise NotFound
    return Knock(Outcome.IN, member, asked)
