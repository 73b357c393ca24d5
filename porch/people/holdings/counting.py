"""How many stand in each table that knows people: counted exactly, every hour, and kept with its time.

Counting reads whole tables, so no page does it: what a page costs does not depend on how many there are.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import QuerySet
from django.db.models.functions import Lower

from porch.kit.refusals import Text
from porch.people.erasure.holdings import Holding, Model
from porch.people.erasure.paths import paths_to
from porch.people.erasure.reads import installed
from porch.people.holdings.models import HoldingCount
from porch.people.identity.models import Person


@dataclass(frozen=True, slots=True)
class Purpose:
    """A line of the register: a table, what it is for, why something stays, and the last count of it."""

    table: str
    purpose: Text
    kept: Text
    is_by_address: bool
    count: HoldingCount | None


def register() -> list[Purpose]:
    """List every purpose for which something is held, with how many stand on it: one query."""
    counts = {each.table: each for each in HoldingCount.objects.all()}
    return [
        Purpose(
            holding.table,
            holding.purpose,
            holding.kept,
            by_address(holding, model),
            counts.get(holding.table),
        )
        for holding, model in installed()
    ]


def count_holdings(*, at: datetime) -> int:
    """Count every table anew; give how many there are. One that is no longer there is forgotten."""
    there = []
    for holding, model in installed():
        told = {"people": people_in(holding, model), "rows": model._base_manager.count(), "at": at}
        HoldingCount.objects.update_or_create(table=holding.table, defaults=told)
        there.append(holding.table)
    with transaction.atomic():
        HoldingCount.objects.exclude(table__in=there).delete()
    return len(there)


def people_in(holding: Holding, model: Model) -> int | None:
    """Count the people, each once, whom the rows of a table know; None where only a search could find them."""
    ways = [rows_by(model, lookup) for lookup in lookups_of(holding, model)]
    if not ways:
        return None
    return ways[0].union(*ways[1:]).count() if len(ways) > 1 else ways[0].distinct().count()


def lookups_of(holding: Holding, model: Model) -> list[str]:
    """Name the columns and relations that say whom a row knows: by number or, where none does, by address."""
    if holding.counted_by:
        return [holding.counted_by]
    paths = [path.lookup for path in paths_to(Person, model)]
    named = dict.fromkeys([*paths, *holding.clears, *holding.deletes, *holding.stays])
    return [each for each in named if not is_text(model, each)] or list(named)


def rows_by(model: Model, lookup: str) -> QuerySet[Any, Any]:
    """Give what stands in one column, as one value a row."""
    rows = model._base_manager.order_by().filter(**{f"{lookup}__isnull": False})
    if is_text(model, lookup):
        return rows.values_list(Lower(lookup))
    return rows.values_list(lookup)


def by_address(holding: Holding, model: Model) -> bool:
    """Say whether a table is counted by addresses, since it does not know whose they are."""
    lookups = lookups_of(holding, model)
    return bool(holding.counted_by) or any(is_text(model, each) for each in lookups)


def is_text(model: Model, column: str) -> bool:
    """Say whether a column of the table itself holds text, as addresses do."""
    if column == "pk" or "__" in column:
        return False
    return isinstance(model._meta.get_field(column), models.CharField | models.TextField)
