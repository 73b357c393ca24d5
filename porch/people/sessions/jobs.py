"""What is done for sessions beside requests."""

from collections.abc import Collection
from datetime import datetime

from django.db import DatabaseError

from porch.engine.clock.reads import clock_is_doubtful
from porch.kit.time import now
from porch.people.sessions.actions import tidy_sessions, write_seen
from porch.people.sessions.reads import standing
from porch.people.sessions.seen import put_back, take_all


def which_sessions_stand(ids: Collection[int]) -> set[int]:
    """Tell which of these sessions still let their person in."""
    return standing(ids, at=now())


def write_what_was_seen() -> int:
    """Write when people were last here; give how many rows that changed. What cannot be written waits."""
    taken = take_all()
    try:
        return write_seen(taken) if taken else 0
    except DatabaseError:
        put_back(taken)
        raise


def prune_sessions(at: datetime) -> int:
    """Delete the sessions that are over; not while it is doubtful whether they are."""
    return tidy_sessions(at=at, hold=clock_is_doubtful())
