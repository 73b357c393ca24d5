"""How Django finds the person of a session: one prepared query a request."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Exists, OuterRef

from porch.kit.prepared import Prepared
from porch.people.identity.models import Operator, Person


@dataclass(frozen=True, slots=True)
class PersonRow:
    id: int
    password: str
    email: str | None
    name: str
    created_at: datetime
    is_active: bool
    is_operator: bool


ACTIVE_PERSON = Prepared(
    lambda pk: Person.objects.filter(pk=pk, is_active=True).annotate(
        is_operator=Exists(Operator.objects.filter(person=OuterRef("pk")))
    ),
    PersonRow,
    pk=BigIntegerField(),
)
# In the order of the model, as from_db wants them.
COLUMNS = [each.attname for each in Person._meta.concrete_fields]


class PersonBackend:
    """Finds people by id only: nobody signs in with a password here."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        return None

    def get_user(self, user_id: int) -> Person | None:
        row = ACTIVE_PERSON.first(pk=user_id)
        if row is None:
            return None
        person = Person.from_db("default", COLUMNS, [getattr(row, name) for name in COLUMNS])
        # For pages to show the way to the desk; the doors there look for themselves.
        person.is_operator = row.is_operator  # type: ignore[attr-defined]
        return person
