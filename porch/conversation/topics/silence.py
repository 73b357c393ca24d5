"""Who writes nothing for a while, as higher floors say: shown in place of the form, with why and until when."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateTimeField, Value


@dataclass(frozen=True, slots=True)
class Silence:
    """Until when somebody writes nothing, why, and the page on which they read more; whether they can appeal there."""

    until: datetime
    why: str
    page: str
    can_appeal: bool


# Filled by the floor that silences: until when somebody is silenced, as an expression for the query of a topic, and
# all that is known of it.
SILENT_UNTIL: list[Callable[[Any], Any]] = []
SILENCES: list[Callable[[int, datetime], Silence | None]] = []


def silent_until(person: Any) -> Any:
    """Give until when somebody is silenced, or was last, as an expression for a query."""
    return SILENT_UNTIL[0](person) if SILENT_UNTIL else Value(None, output_field=DateTimeField())


def silence_of(person_id: int, at: datetime) -> Silence | None:
    """Say why somebody writes nothing now, if that is so."""
    return next(filter(None, (find(person_id, at) for find in SILENCES)), None)
