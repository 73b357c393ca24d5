import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, DateTimeField

from porch.kit.prepared import Prepared
from porch.people.identity.who_asks import is_plain
from porch.people.sessions.devices import in_words
from porch.people.sessions.models import Session


@dataclass(frozen=True, slots=True)
class ListedSession:
    """A session as its person is shown it."""

    id: int
    begun_at: datetime
    seen_at: datetime
    way: str
    browser: str
    system: str

    @property
    def device(self) -> str:
        return in_words(self.browser, self.system)


@dataclass(frozen=True, slots=True)
class StandingRow:
    """What says whether a session still lets its person in."""

    id: int
    data: str
    person__id: int
    person__password: str
    person__is_active: bool


SESSIONS_OF = Prepared(
    lambda person, at: Session.objects.filter(person_id=person, ends_at__gt=at).order_by("-seen_at", "-id"),
    ListedSession,
    person=BigIntegerField(),
    at=DateTimeField(),
)


def standing(ids: Collection[int], *, at: datetime) -> set[int]:
    """Give those of these sessions that are there, not over, and of a person who may come in with them."""
    names = StandingRow.__dataclass_fields__
    rows = Session.objects.filter(pk__in=ids, ends_at__gt=at, person__isnull=False).values(*names)
    found = [StandingRow(**row) for row in rows]
    return {row.id for row in found if is_plain(row, json.loads(row.data))}
