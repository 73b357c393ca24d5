"""Who was here, kept in memory until somebody writes it down: no page waits for that."""

from datetime import datetime

# Beyond this many, whoever comes is noted a round later.
MOST = 10_000
_seen: dict[int, tuple[datetime, datetime]] = {}


def remember(session_id: int, *, begun_at: datetime, at: datetime) -> None:
    """Keep in mind that somebody was here. Called by every page thread; a step of a dictionary is one step."""
    if len(_seen) < MOST:
        _seen[session_id] = (begun_at, at)


def take_all() -> dict[int, tuple[datetime, datetime]]:
    """Hand over what is kept: by id of the session, when it had begun and when somebody was here."""
    taken = {}
    while _seen:
        session_id, cells = _seen.popitem()
        taken[session_id] = cells
    return taken


def put_back(taken: dict[int, tuple[datetime, datetime]]) -> None:
    """Keep what could not be written for the next round; what was seen since is newer."""
    for session_id, cells in taken.items():
        if len(_seen) < MOST:
            _seen.setdefault(session_id, cells)
