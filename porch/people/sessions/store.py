"""Django's session engine over our own table: it keeps digests, knows whose a session is, and brings them along."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db.models import CharField, DateTimeField, Exists, OuterRef

from porch.engine.clock.reads import clock_is_doubtful
from porch.kit.ids import digest, new_token
from porch.kit.prepared import Prepared
from porch.kit.time import now
from porch.people.identity.models import Operator
from porch.people.sessions.actions import end_by_digest, tidy_sessions
from porch.people.sessions.devices import read_device
from porch.people.sessions.models import Session
from porch.people.sessions.rules import STRANGERS_LIFE, WHOLE_LIFE, compute_end, is_worth_noting, way_of
from porch.people.sessions.seen import remember


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as it is read for each request; the person's cells are empty where nobody is signed in."""

    id: int
    data: str
    begun_at: datetime
    seen_at: datetime
    person__id: int | None
    person__password: str | None
    person__email: str | None
    person__name: str | None
    person__created_at: datetime | None
    person__is_active: bool | None
    is_operator: bool


def _live_session(digest: Any, at: Any) -> Any:
    is_operator = Exists(Operator.objects.filter(person=OuterRef("person")))
    live = Session.objects.filter(digest=digest, ends_at__gt=at)
    return live.select_related("person").annotate(is_operator=is_operator)


LIVE_SESSION = Prepared(_live_session, SessionRow, digest=CharField(), at=DateTimeField())


class SessionStore(SessionBase):
    """One session. ``row`` is what was read of it; ``session_id`` names it where its key must not be named."""

    def __init__(self, session_key: str | None = None, *, user_agent: str = "") -> None:
        super().__init__(session_key)
        self.user_agent = user_agent
        self.row: SessionRow | None = None
        self.begun_at: datetime | None = None
        self.is_signed_in = False

    @property
    def session_id(self) -> int | None:
        """Give the id of the row that was read, if there was one."""
        self.get(SESSION_KEY)  # whoever asks first has it read
        return self.row.id if self.row else None

    def load(self) -> dict[str, Any]:
        at = now()
        self.row = LIVE_SESSION.first(digest=digest(self.session_key), at=at) if self.session_key else None
        if self.row is None:
            self._session_key = None
            return {}
        self.begun_at, self.is_signed_in = self.row.begun_at, self.row.person__id is not None
        if self.is_signed_in and is_worth_noting(seen_at=self.row.seen_at, at=at):
            remember(self.row.id, begun_at=self.row.begun_at, at=at)
        return self.decode(self.row.data)

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(digest=digest(session_key)).exists()

    def create(self) -> None:
        """Begin a session under a new key."""
        self._session_key = new_token()
        self.save(must_create=True)
        self.modified = True

    def save(self, must_create: bool = False) -> None:
        """Write what the session holds. One that was ended in the meantime stays ended: UpdateError."""
        if self.session_key is None:
            self.create()
            return
        held: dict[str, Any] = self._get_session(no_load=must_create)  # type: ignore[attr-defined]
        cells = self._cells(held, now(), is_new=must_create)
        if must_create:
            Session.objects.create(digest=digest(self.session_key), **cells)
        elif not Session.objects.filter(digest=digest(self.session_key)).update(**cells):
            raise UpdateError

    def _cells(self, data: dict[str, Any], at: datetime, *, is_new: bool) -> dict[str, Any]:
        cells: dict[str, Any] = {"data": self.encode(data), "person_id": data.get(SESSION_KEY)}
        is_signed_in = cells["person_id"] is not None
        if is_new or self.begun_at is None or is_signed_in != self.is_signed_in:
            self.begun_at, self.is_signed_in = at, is_signed_in
            browser, system = read_device(self.user_agent)
            cells |= {"begun_at": at, "browser": browser, "system": system}
        if self.begun_at > at:  # the clock was set back since
            self.begun_at = cells["begun_at"] = at
        ends_at = compute_end(begun_at=self.begun_at, seen_at=at, is_signed_in=is_signed_in)
        return cells | {"seen_at": at, "ends_at": ends_at, "way": way_of(data)}

    def cycle_key(self) -> None:
        """Give the session a new key: the old one opens nothing from here on. What was ended stays ended."""
        data, old = self._session, self.session_key  # type: ignore[attr-defined]
        if old is not None:
            new = new_token()
            if Session.objects.filter(digest=digest(old)).update(digest=digest(new)):
                self._session_key, self.modified = new, True
                return
            if SESSION_KEY in data:
                raise SessionInterrupted("the session was ended while the request was under way")
        self.create()
        self._session_cache = data

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            end_by_digest(digest=digest(key), at=now())

    @classmethod
    def clear_expired(cls) -> None:
        tidy_sessions(at=now(), hold=clock_is_doubtful())

    def get_session_cookie_age(self) -> int:
        """Give the seconds after which a browser may forget the key. When a session ends, its row decides."""
        life = WHOLE_LIFE if self.get(SESSION_KEY) else STRANGERS_LIFE
        return int(life.total_seconds())

    # The table is ours alone, so what it holds needs no signature, only to be read back as it was written.
    def encode(self, session_dict: dict[str, Any]) -> str:
        return json.dumps(session_dict, separators=(",", ":"))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(session_data)
        return data
