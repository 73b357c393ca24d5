"""How long ago somebody proved who they are: signing in does, and so does confirming it."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from porch.kit.time import EPOCH, to_micros

KEY = "proved_at"
RECENT = timedelta(minutes=15)


def note_proof(request: HttpRequest, *, at: datetime) -> None:
    """Remember in the session that whoever asks has just proved who they are."""
    request.session[KEY] = to_micros(at)


def is_recent(request: HttpRequest, *, at: datetime) -> bool:
    """Say whether the last proof is under a quarter of an hour old; one from the future is none."""
    proved = request.session.get(KEY)
    if not isinstance(proved, int):
        return False
    return timedelta(0) <= at - (EPOCH + timedelta(microseconds=proved)) < RECENT
