from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from porch.people.identity.models import Operator, Person


@dataclass(frozen=True, slots=True)
class Listed:
    """A person as operators see them in the list."""

    id: int
    name: str
    email: str | None
    is_active: bool
    is_operator: bool
    created_at: datetime

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {"created_at": self.created_at.isoformat()}


def people(*, after: int = 0, most: int | None = None) -> list[Listed]:
    """List people by number, from behind ``after``, at most so many."""
    found = Person.objects.filter(pk__gt=after).order_by("pk")
    found = found.annotate(is_operator=Exists(Operator.objects.filter(person=OuterRef("pk"))))
    rows = found.values_list("pk", "name", "email", "is_active", "is_operator", "created_at")
    return [Listed(*row) for row in (rows if most is None else rows[:most])]
