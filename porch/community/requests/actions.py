"""The verbs of those who want in."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle, WayIn
from porch.community.joining.actions import (
    NotYetAMember,
    is_in,
    lock_circle,
    require_not_kept_out,
    require_not_on_pause,
)
from porch.community.joining.models import Way
from porch.community.membership.models import Member
from porch.community.requests.answers import Given, read_answers
from porch.community.requests.facts import JoinAsked, JoinWithdrawn
from porch.community.requests.models import LIFE, Answer, JoinRequest, State
from porch.community.requests.moving import COLUMNS, move_on
from porch.engine.facts.noting import note
from porch.kit.refusals import Conflict, NotAllowed, NotFound
from porch.kit.text import clean_line
from porch.people.identity.locking import locked
from porch.people.identity.models import Person

MOST_NOTE = 500


class OnlyByInvitation(NotAllowed):
    text = _("One comes in here by invitation.")
    hint = _("Ask a member whom you know to invite you.")


class AlreadyIn(Conflict):
    text = _("You are in it already.")
    hint = _("There is nothing to ask for.")


class AlreadyAsked(Conflict):
    text = _("You have asked already, and it is not decided yet.")
    hint = _("Your account shows how far it is. There you can withdraw it, too.")


class RequestIsClosed(Conflict):
    text = _("This request is closed.")
    hint = _("Look at it as it is now. Whoever wants in can ask again.")


@transaction.atomic
def ask_to_join(
    *, person: Person, circle: Circle, answers: Mapping[int, str], word: str = "", at: datetime
) -> JoinRequest:
    """Ask to come into a circle; ``answers`` by the numbers of the questions that were shown.

    Where a circle is open, nothing is asked and only vouches and a seat are waited for. Raises ``OnlyByInvitation``,
    ``AlreadyIn``, ``AlreadyAsked``, ``NotYetAMember``, ``WasRemoved``, ``IsSuspended``, ``IsOnPause``,
    and what is said of answers.
    """
    circle = lock_circle(circle.pk)
    person = locked(person)
    require_not_kept_out(person=person, at=at)
    require_not_on_pause(person)
    require_outside(person, circle)
    if circle.way_in == WayIn.INVITE:
        raise OnlyByInvitation
    if open_request(person, circle) is not None:
        raise AlreadyAsked
    is_proper = circle.way_in == WayIn.REQUEST
    given = read_answers(circle, answers) if is_proper else []
    words = clean_line(word, most=MOST_NOTE, name=_("note")) if word.strip() else ""
    way = Way.REQUEST if is_proper else Way.OPEN
    return move_on(begin(person, circle, way=way, word=words, answers=given, at=at), circle, at=at)


def begin(
    person: Person,
    circle: Circle,
    *,
    way: Way,
    at: datetime,
    brought_by: Member | None = None,
    word: str = "",
    answers: list[Given] | None = None,
) -> JoinRequest:
    """Write down that somebody wants in. Call it with the circle locked, and ``move_on`` after it."""
    asked = JoinRequest.objects.create(
        circle=circle,
        person=person,
        way=way,
        brought_by=brought_by,
        note=word,
        state=State.ASKED,
        asked_at=at,
        expires_at=at + LIFE,
    )
    Answer.objects.bulk_create(
        Answer(request=asked, position=n, question=each.question, text=each.text)
        for n, each in enumerate(answers or [], 1)
    )
    note(JoinAsked(request_id=asked.pk, circle_id=circle.pk, person_id=person.pk, at=at))
    return asked


@transaction.atomic
def withdraw_request(*, request_id: int, by: Person, at: datetime) -> JoinRequest:
    """Withdraw one's own request. That of somebody else is not found; a closed one is refused."""
    asked, _circle = lock_request(request_id)
    if asked.person_id != by.pk:
        raise NotFound
    require_open(asked)
    close(asked, State.WITHDRAWN, at=at)
    note(JoinWithdrawn(request_id=asked.pk, at=at))
    return asked


def lock_request(pk: int) -> tuple[JoinRequest, Circle]:
    """Lock a request and, before it, its circle; both as they are now. Raises ``NotFound``."""
    found = JoinRequest.objects.filter(pk=pk).values_list("circle_id", flat=True).first()
    if found is None:
        raise NotFound
    circle = lock_circle(found)
    # Of the row alone: on PostgreSQL what is joined would be locked with it.
    rows = JoinRequest.objects.select_for_update(of=("self",)).select_related("person", "brought_by")
    asked = rows.filter(pk=pk).first()
    if asked is None:
        raise NotFound
    return asked, circle


def close(asked: JoinRequest, state: State, *, at: datetime) -> None:
    """Close a request that led nowhere."""
    asked.state, asked.closed_at, asked.expires_at = state, at, None
    asked.save(update_fields=COLUMNS)


def require_open(asked: JoinRequest) -> None:
    """Refuse where nothing can be done with a request any more."""
    if asked.closed_at is not None:
        raise RequestIsClosed


def require_outside(person: Person, circle: Circle) -> None:
    """Refuse whoever is in already, and for circles inside, whoever is no member."""
    member = Member.objects.belonging().filter(person=person).first()
    if member is not None and is_in(member, circle):
        raise AlreadyIn
    if circle.is_hidden:
        raise NotFound
    if member is None and not circle.is_whole:
        raise NotYetAMember


def open_request(person: Person, circle: Circle) -> JoinRequest | None:
    """Give the request with which somebody waits at a circle, if there is one."""
    rows = JoinRequest.objects.open().select_related("person", "brought_by")
    return rows.filter(person=person, circle=circle).first()
