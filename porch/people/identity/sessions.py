"""Django's session engine over our own table: a row knows whose it is, and brings that person along."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import CharField, DateTimeField, Exists, OuterRef

from porch.kit.prepared import Prepared
from porch.kit.time import now
from porch.people.identity.models import Operator, Session


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session as it is read for each request; the person's cells are empty where nobody is signed in."""

    session_data: str
    person__id: int | None
    person__password: str | None
    person__email: str | None
    person__name: str | None
    person__created_at: datetime | None
    person__is_active: bool | None
    is_operator: bool


def _live_session(key: Any, at: Any) -> Any:
    is_operator = Exists(Operator.objects.filter(person=OuterRef("person")))
    live = Session.objects.filter(session_key=key, expire_date__gt=at)
    return live.select_related("person").annotate(is_operator=is_operator)


LIVE_SESSION = Prepared(_live_session, SessionRow, key=CharField(), at=DateTimeField())


class SessionStore(DatabaseStore):
    row: SessionRow | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        row.person_id = data.get(SESSION_KEY)
        return row

    def load(self) -> dict[str, Any]:
        at: datetime = now()
        self.row = LIVE_SESSION.first(key=self.session_key, at=at) if self.session_key else None
        if self.row is None:
            self._session_key = None
            return {}
        return self.decode(self.row.session_data)

    # The table is ours alone, so what it holds needs no signature, only to be read back as it was written.
    def encode(self, session_dict: dict[str, Any]) -> str:
        return json.dumps(session_dict, separators=(",", ":"))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(session_data)
        return data
