"""What we hold of a person, table by table, and what erasing them would do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import BooleanField, Case, Count, QuerySet, Value, When

from porch.people.erasure.holdings import HOLDINGS, Holding, Model, Subject
from porch.people.erasure.paths import going_rows, known_rows, own_rows
from porch.people.identity.addresses import addresses_of
from porch.people.identity.models import Person


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of one table that know a person, and what they are for."""

    table: str
    purpose: str
    rows: QuerySet[Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One table of a receipt: how many rows go, how many stay without the person, and why."""

    table: str
    purpose: str
    deleted: int
    kept: int
    why_kept: str


def subject_of(person: Person) -> Subject:
    """Say whom it is about, with every address that they sign in with."""
    known = {each.email.lower() for each in addresses_of(person)} | {(person.email or "").lower()}
    return Subject(person.pk, tuple(sorted(known - {""})))


def held(person: Person) -> list[Held]:
    """List what we hold of a person: each table with its purpose and its rows, which are read when they are wanted."""
    subject = subject_of(person)
    return [
        Held(holding.table, str(holding.purpose), marked(holding, model, subject))
        for holding, model in installed()
    ]


def marked(holding: Holding, model: Model, subject: Subject) -> QuerySet[Any]:
    """Give the rows of one table that know somebody; ``is_own`` says of each whether it is theirs to read."""
    own = Case(
        When(own_rows(holding, model, Person, subject), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    found: QuerySet[Any] = known_rows(holding, model, Person, subject).annotate(is_own=own)
    return found


def receipt_of(subject: Subject) -> list[Line]:
    """Say what erasing a person does to each table that knows them; tables that know nothing of them are left out."""
    return [line for holding, model in installed() if (line := line_of(holding, model, subject))]


def line_of(holding: Holding, model: Model, subject: Subject) -> Line | None:
    """Count the rows of one table that go and that stay."""
    known = known_rows(holding, model, Person, subject).order_by()
    going = Count("pk", filter=going_rows(holding, model, Person, subject))
    found = known.aggregate(known=Count("pk"), going=going)
    if not found["known"]:
        return None
    kept = found["known"] - found["going"]
    return Line(holding.table, str(holding.purpose), found["going"], kept, str(holding.kept) if kept else "")


def installed() -> Iterator[tuple[Holding, Model]]:
    """Give each holding whose table is there, with its class, in the order in which they were declared."""
    there = {model._meta.label: model for model in apps.get_models()}  # noqa: TID251 - tables of every floor and library
    for table, holding in HOLDINGS.items():
        if table in there:
            yield holding, there[table]
