"""What the pages show of what we hold: the receipt of an erasure that does not happen, and the rows behind it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from porch.kit.refusals import NotFound, Text
from porch.people.erasure.holdings import HOLDINGS, Holding
from porch.people.erasure.reads import Line, held, installed, receipt_of, subject_of
from porch.people.identity.models import Person


@dataclass(frozen=True, slots=True)
class Overview:
    """Every table that knows somebody, with how many rows go and stay; and what the others are for."""

    lines: list[Line]
    empty: list[str]

    @property
    def rows(self) -> int:
        return sum(line.deleted + line.kept for line in self.lines)


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one table that know somebody, newest first, and how it is looked after."""

    holding: Holding
    rows: QuerySet[Any]

    @property
    def ways(self) -> list[tuple[str, Text]]:
        """The pages where it is corrected: the name of each address, and what one does there."""
        return list(self.holding.corrected_at.items())


def overview_of(person: Person) -> Overview:
    """Count what we hold of a person, by the law by which they would be erased: one query a table."""
    lines = receipt_of(subject_of(person))
    known = {line.table for line in lines}
    empty = [str(holding.purpose) for holding, _ in installed() if holding.table not in known]
    return Overview(lines, empty)


def table_of(person: Person, table: str) -> Table:
    """Give what one table holds of a person. Raises ``NotFound`` where there is no such table."""
    for each in held(person):
        if each.table == table:
            holding = HOLDINGS[table]
            rows = each.rows.order_by("-pk")
            return Table(holding, rows.select_related(*holding.along) if holding.along else rows)
    raise NotFound
