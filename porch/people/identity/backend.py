"""How Django finds the person of a session: one prepared query a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import BigIntegerField, Exists, OuterRef

from porch.kit.prepared import Prepared
from porch.kit.prepared_models import put_together
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


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]
    """Knows people by address and password, as allauth checks them, and by the id in a session."""

    def get_user(self, user_id: int) -> Person | None:
        row = ACTIVE_PERSON.first(pk=user_id)
        return as_person([getattr(row, name) for name in COLUMNS], row.is_operator) if row else None


def as_person(cells: Sequence[Any], is_operator: bool) -> Person:
    """Make a person of the cells of a row, in the order of COLUMNS."""
    person = put_together(Person, zip(COLUMNS, cells, strict=True))
    person._state.adding, person._state.db = False, "default"
    # For pages to show the way to the desk; the doors there look for themselves.
    person.is_operator = is_operator  # type: ignore[attr-defined]
    return person
