"""Which rows of a table know a person: by relations, at any distance, and by columns that a holding names."""

import json
import re
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import CASCADE, Q, QuerySet, TextField
from django.db.models.functions import Cast

from porch.people.erasure.holdings import Holding, Model, Subject

FARTHEST = 4


@dataclass(frozen=True, slots=True)
class Path:
    """A way from a row to a person, as a lookup, and whether the row goes with them."""

    lookup: str
    goes_along: bool


def paths_to(person: Model, model: Model, distance: int = 0) -> list[Path]:
    """Find the relations of a table by which it leads to a person, itself or through tables that go with one."""
    if model is person:
        return [Path("pk", True)]
    if distance == FARTHEST:
        return []
    found = []
    for column in model._meta.local_fields:
        remote: Any = column.remote_field
        if remote is not None and remote.model is not model:
            cascades = remote.on_delete is CASCADE
            for path in paths_to(person, remote.model, distance + 1):
                if path.goes_along:
                    lookup = column.name if path.lookup == "pk" else f"{column.name}__{path.lookup}"
                    found.append(Path(lookup, cascades))
    return found


def known_rows(holding: Holding, model: Model, person: Model, subject: Subject) -> QuerySet[Any]:
    """Give every row of a table that knows a person."""
    found = searchable(model, holding)
    going, staying = (
        going_rows(holding, model, person, subject),
        staying_rows(holding, model, person, subject),
    )
    return found.filter(going | staying | some_of(holding.stays, subject.person_id))


def own_rows(holding: Holding, model: Model, person: Model, subject: Subject) -> Q:
    """Say which of these rows are about them, and may be read by them; the others are about somebody else.

    A row in which their address only stands, or that says what they did to another, is not theirs to read.
    """
    found = some_of((*holding.clears, *holding.stays, *holding.about), subject.person_id)
    for path in paths_to(person, model):
        if path.goes_along:
            found |= Q(**{path.lookup: subject.person_id})
    for column in holding.deletes:
        found |= by_column(model, column, subject)
    if holding.finds is not None:
        found |= holding.finds(subject)
    return found


def going_rows(holding: Holding, model: Model, person: Model, subject: Subject) -> Q:
    """Say which rows go with a person."""
    found = Q(pk__in=[])
    for path in paths_to(person, model):
        if path.goes_along:
            found |= Q(**{path.lookup: subject.person_id})
    for column in holding.deletes:
        found |= by_column(model, column, subject)
    for column, then in holding.mentions.items():
        if not then:
            found |= mentioning(column, subject)
    if holding.finds is not None and holding.goes:
        found |= holding.finds(subject)
    return found


def staying_rows(holding: Holding, model: Model, person: Model, subject: Subject) -> Q:
    """Say which rows stay, without the person."""
    found = Q(pk__in=[])
    for path in paths_to(person, model):
        if not path.goes_along:
            found |= Q(**{path.lookup: subject.person_id})
    for column in holding.clears:
        found |= Q(**{column: subject.person_id})
    for column, then in holding.mentions.items():
        if then:
            found |= mentioning(column, subject)
    if holding.finds is not None and not holding.goes:
        found |= holding.finds(subject)
    return found


def by_column(model: Model, column: str, subject: Subject) -> Q:
    """Look a person up by their number or, in a column of text, by their addresses."""
    if isinstance(model._meta.get_field(column), models.CharField | models.TextField):
        found = Q(pk__in=[])
        for address in subject.addresses:
            found |= Q(**{f"{column}__iexact": address})
        return found
    return Q(**{column: subject.person_id})


def mentioning(column: str, subject: Subject) -> Q:
    """Look for their addresses anywhere in a column; ``searchable`` has made text of it."""
    if not subject.addresses:
        return Q(pk__in=[])
    return Q(**{f"as_text_{column}__iregex": pattern_of(subject)})


def pattern_of(subject: Subject) -> str:
    """Write the pattern that finds their addresses, also as they are spelt in JSON; there must be one."""
    as_json = {json.dumps(each)[1:-1] for each in subject.addresses}
    whole = "|".join(re.escape(each) for each in sorted({*subject.addresses, *as_json}))
    # Not a part of another address: ana@porch.example stands in mariana@porch.example.org twice over.
    return rf"(?<![\w.%+-])(?:{whole})(?![\w-]|\.\w)"


def searchable(model: Model, holding: Holding) -> QuerySet[Any]:
    """Give all rows of a table, with the columns in which an address may stand as plain text."""
    texts = {f"as_text_{column}": Cast(column, TextField()) for column in holding.mentions}
    rows: QuerySet[Any] = model._base_manager.annotate(**texts)
    return rows


def some_of(lookups: tuple[str, ...], value: int) -> Q:
    """Say that one of several lookups has a value."""
    found = Q(pk__in=[])
    for lookup in lookups:
        found |= Q(**{lookup: value})
    return found
