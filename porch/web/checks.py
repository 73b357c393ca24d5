"""Checks of what an import linter cannot see: string relations, reverse names, and what the database is told.

Django runs them with its own; ``porch check`` shows them. ``docs/map.md`` has the floors in words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import models
from django.db.models.fields.related import RelatedField
from django.db.models.functions import Now  # noqa: TID251 - looked for, not used

Model = type[models.Model]

# The parts with tables, by label and from the ground up. Two on one floor do not know each other.
FLOORS = {
    "engine": 1,
    "people": 2,
    "community": 3,
    "audience": 3,
    "conversation": 4,
    "moderation": 5,
    "notices": 5,
    "bridge": 6,
    "insight": 7,
    "web": 8,
}
# Insight reads facts: no relation leads there, not even down.
APART = "insight"
SENTENCE = re.compile(r"[a-z]+(_[a-z0-9]+){3,}")
CLOCKED = (models.DateField, models.TimeField)


def check_map(app_configs: Sequence[AppConfig] | None = None, **_: Any) -> list[CheckMessage]:
    """Look over every model of Porch."""
    return list(look_over(apps.get_models()))  # noqa: TID251 - looks at models, and knows none


def look_over(found: Iterable[Model]) -> Iterator[CheckMessage]:
    """Check these models as far as they are ours; those of Django and of libraries are not."""
    for model in found:
        if model._meta.app_label in FLOORS:
            for field in own_fields(model):
                yield from check_relation(model, field)
                yield from check_clock(model, field)
            yield from check_names(model)


def own_fields(model: Model) -> list[Any]:
    """Give the columns and relations that a model declares itself."""
    meta = model._meta
    return [*meta.local_fields, *meta.local_many_to_many, *meta.private_fields]


def check_relation(model: Model, field: Any) -> Iterator[CheckMessage]:
    """Find relations that lead up, sideways or anywhere, and names by which a lower floor could look up."""
    if field.is_relation and field in model._meta.private_fields:
        yield Error(
            f"{field} may lead to any table, so nobody can say to which floor.",
            hint="Give each table that it may lead to a relation of its own.",
            obj=model,
            id="porch.E003",
        )
    elif isinstance(field, RelatedField):
        for target in targets_of(field):
            if not may_lead(model, target):
                yield Error(
                    f"{field} leads from {model._meta.app_label} to {target._meta.label}, up or sideways on the map.",
                    hint="Turn the relation round, or let a higher floor hold it.",
                    obj=model,
                    id="porch.E001",
                )
        if is_open_across(model, field):
            yield Error(
                f"{field} gives {field.related_model._meta.label} a name that leads up to {model._meta.app_label}.",
                hint='Set related_name="+", and no related_query_name: a lower floor does not look up.',
                obj=model,
                id="porch.E002",
            )


def targets_of(field: "RelatedField[Any, Any]") -> list[Model]:
    """Give the models that a relation leads to: its far end, and the table between where it names one."""
    between = getattr(field.remote_field, "through", None)
    ends = [field.remote_field.model]
    return ends if between is None or between._meta.auto_created else [*ends, between]


def may_lead(model: Model, target: Model) -> bool:
    """Say whether a relation stays in its part or points down."""
    here, there = model._meta.app_label, target._meta.app_label
    return here == there or (here != APART and FLOORS.get(there, 0) < FLOORS[here])


def is_open_across(model: Model, field: "RelatedField[Any, Any]") -> bool:
    """Say whether the far end, in another part, gets a name for the near one."""
    rel: Any = field.remote_field
    crosses = rel.model._meta.app_label != model._meta.app_label
    return crosses and (not rel.hidden or rel.related_query_name is not None)


def check_clock(model: Model, field: Any) -> Iterator[CheckMessage]:
    """Find columns that read the clock by themselves: the time is an argument of the verb."""
    reads_it = (
        getattr(field, "auto_now", False)
        or getattr(field, "auto_now_add", False)
        or isinstance(getattr(field, "db_default", None), Now)
        or (isinstance(field, CLOCKED) and callable(field.default) and field.has_default())
    )
    if reads_it:
        yield Error(
            f"{field} reads the clock by itself.",
            hint="Let the verb be told the time (at=…) and set it.",
            obj=model,
            id="porch.E004",
        )


def check_names(model: Model) -> Iterator[CheckMessage]:
    """Find constraints that do not say in words what holds."""
    for constraint in model._meta.constraints:
        if not SENTENCE.fullmatch(constraint.name):
            yield Error(
                f"The constraint {constraint.name!r} does not say what holds.",
                hint='Name it as a sentence, such as "an_article_has_a_title".',
                obj=model,
                id="porch.E005",
            )
    if model._meta.unique_together:
        yield Error(
            "unique_together makes a constraint without a name.",
            hint="Use a UniqueConstraint whose name says what holds.",
            obj=model,
            id="porch.E005",
        )
