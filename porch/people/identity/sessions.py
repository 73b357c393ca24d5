"""Django's session engine over our own table: a row knows whose it is, and a read is one prepared query."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.db.models import CharField, DateTimeField

from porch.kit.prepared import Prepared
from porch.kit.time import now
from porch.people.identity.models import Session


@dataclass(frozen=True, slots=True)
class SessionRow:
    session_data: str


def _live_session(key: Any, at: Any) -> Any:
    return Session.objects.filter(session_key=key, expire_date__gt=at)


LIVE_SESSION = Prepared(_live_session, SessionRow, key=CharField(), at=DateTimeField())


class SessionStore(DatabaseStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]
        row.person_id = data.get(SESSION_KEY)
        return row

    def load(self) -> dict[str, Any]:
        at: datetime = now()
        row = LIVE_SESSION.first(key=self.session_key, at=at) if self.session_key else None
        if row is None:
            self._session_key = None
            return {}
        return self.decode(row.session_data)

    # The table is ours alone, so what it holds needs no signature, only to be read back as it was written.
    def encode(self, session_dict: dict[str, Any]) -> str:
        return json.dumps(session_dict, separators=(",", ":"))

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        data: dict[str, Any] = json.loads(session_data)
        return data
