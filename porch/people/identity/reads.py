from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from porch.kit.paging import page_of
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


PAGE = 100


def people_on_page(number: int) -> tuple[list[Listed], bool]:
    """Read a page of the list of people, by number, and say whether there is another."""
    rows, has_more = page_of(rows_of_people(), number, PAGE)
    return [Listed(*row) for row in rows], has_more


def people() -> list[Listed]:
    """List all people, by number."""
    return [Listed(*row) for row in rows_of_people()]


def rows_of_people() -> "QuerySet[Person, Any]":
    """Select what a list shows of people."""
    found = Person.objects.order_by("pk")
    found = found.annotate(is_operator=Exists(Operator.objects.filter(person=OuterRef("pk"))))
    return found.values_list("pk", "name", "email", "is_active", "is_operator", "created_at")
