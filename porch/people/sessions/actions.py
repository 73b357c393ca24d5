"""The verbs of sessions. A row that is gone is a session that is over; that it is, every process has to hear."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.refusals import NotAllowed, NotFound
from porch.people.identity.models import Operator, Person
from porch.people.sessions.acts import EVERY_SESSION_ENDED, SESSIONS_ENDED
from porch.people.sessions.facts import SessionEnded
from porch.people.sessions.models import Session
from porch.people.sessions.rules import SEEN_EVERY, compute_end


@transaction.atomic
def end_session(*, session_id: int, by: Person, at: datetime) -> None:
    """End one of one's own sessions."""
    if not end(Session.objects.filter(pk=session_id, person=by), at):
        raise NotFound


@transaction.atomic
def end_sessions_of(*, person: Person, by: Person | None, at: datetime, keep: int | None = None) -> int:
    """End every session of a person but ``keep``; give how many. ``by`` is nobody on the command line."""
    if by is None or by.pk != person.pk:
        if by is not None and not Operator.objects.filter(person=by).exists():
            raise NotAllowed
        record(SESSIONS_ENDED, by_id=by.pk if by else None, about_id=person.pk, at=at)
    theirs = Session.objects.filter(person=person)
    return end(theirs if keep is None else theirs.exclude(pk=keep), at)


@transaction.atomic
def end_along(*, person: Person, at: datetime) -> int:
    """End every session of a person as a part of another act, which leaves the trace; give how many."""
    return end(Session.objects.filter(person=person), at)


@transaction.atomic
def end_every_session(*, at: datetime) -> int:
    """End all sessions of everyone, and of strangers; give how many people's there were. The command line does it."""
    record(EVERY_SESSION_ENDED, by_id=None, at=at)
    return end(Session.objects.all(), at)


@transaction.atomic
def end_by_digest(*, digest: str, at: datetime) -> None:
    """End the session of a key."""
    end(Session.objects.filter(digest=digest), at)


def end(found: QuerySet[Session], at: datetime) -> int:
    """Delete sessions, noting those of people; give how many these were."""
    rows = list(found.select_for_update().values_list("pk", "person_id"))
    Session.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
    ended = [pk for pk, person_id in rows if person_id is not None]
    for pk in ended:
        note(SessionEnded(session_id=pk, at=at))
    return len(ended)


@transaction.atomic
def write_seen(seen: Mapping[int, tuple[datetime, datetime]]) -> int:
    """Write when people were last here: by id of their session, when it had begun, and when they were.

    A session that is over stays over, and one in which somebody signed in meanwhile was written by that.
    """
    written = 0
    for pk, (begun_at, at) in seen.items():
        begun = min(begun_at, at)
        ends_at = compute_end(begun_at=begun, seen_at=at, is_signed_in=True)
        same = Session.objects.filter(pk=pk, begun_at=begun_at, person__isnull=False)
        written += same.update(begun_at=begun, seen_at=at, ends_at=ends_at)
    return written


@transaction.atomic
def tidy_sessions(*, at: datetime, hold: bool = False) -> int:
    """Delete what is over, and draw back what lies in the future since a clock was set back; give how many went.

    Nothing is noted: live lines are looked at by the time too. ``hold`` says that the clock is in doubt: then
    nothing is deleted.
    """
    gone = 0 if hold else Session.objects.filter(ends_at__lte=at).delete()[0]
    late = at + SEEN_EVERY
    for row in Session.objects.filter(Q(begun_at__gt=late) | Q(seen_at__gt=late)):
        begun, is_signed_in = min(row.begun_at, at), row.person_id is not None
        ends_at = compute_end(begun_at=begun, seen_at=at, is_signed_in=is_signed_in)
        Session.objects.filter(pk=row.pk).update(begun_at=begun, seen_at=at, ends_at=ends_at)
    return gone
