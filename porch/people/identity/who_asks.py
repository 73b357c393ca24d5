"""Who asks: the person of a request, from the one row that the session reads anyway."""

from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from porch.people.identity.backend import COLUMNS, as_person
from porch.people.identity.models import Person
from porch.people.sessions.store import SessionRow

CELLS = [f"person__{name}" for name in COLUMNS]


class PersonMiddleware(AuthenticationMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        request.user = SimpleLazyObject(partial(who_asks, request))  # type: ignore[assignment]


def who_asks(request: HttpRequest) -> Any:
    """Find the person of a session, or a stranger.

    What is not as plain as it should be (a hash of an older key, a person who is gone) is left to Django.
    """
    session: Any = request.session
    if SESSION_KEY not in session:
        return AnonymousUser()
    row: SessionRow | None = session.row
    if row is None or not is_plain(row, session):
        return get_user(request)
    return as_person([getattr(row, cell) for cell in CELLS], row.is_operator)


def is_plain(row: Any, session: Any) -> bool:
    """Say whether a session belongs to its person beyond doubt: its row, with the person's cells, and its data."""
    return (
        row.person__is_active is True
        and session[SESSION_KEY] == str(row.person__id)
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(HASH_SESSION_KEY, ""), auth_hash(row.person__password or ""))
    )


@lru_cache(maxsize=1_000)
def auth_hash(password: str) -> str:
    """Compute what a session has to hold to be of this person: it changes with the password."""
    return Person(password=password).get_session_auth_hash()
