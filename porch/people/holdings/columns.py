"""Columns in plain words, and what stands in them as whoever it is about may read it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import DateField, Field
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porch.kit.refusals import Text
from porch.people.erasure.holdings import Holding, Model
from porch.people.identity.models import Person

# The names that say too little by themselves; of all others the words of the column's name are plain enough.
WORDS: dict[str, Text] = {
    "id": gettext_lazy("number"),
    "at": gettext_lazy("when"),
    "by_id": gettext_lazy("by whom"),
    "about_id": gettext_lazy("about whom"),
    "owed_to": gettext_lazy("owed to"),
    "owed_to_id": gettext_lazy("owed to whom"),
    "kept_by_id": gettext_lazy("to be kept by whom"),
    "promised_by_id": gettext_lazy("promised by whom"),
    "brought_by_id": gettext_lazy("brought by which member"),
    "given_by_id": gettext_lazy("given by whom"),
    "by_person_id": gettext_lazy("by whom"),
    "entered_by_id": gettext_lazy("entered by whom"),
    "acknowledged_by_id": gettext_lazy("acknowledged by whom"),
    "skipped_by_id": gettext_lazy("passed over by whom"),
    "email": gettext_lazy("address"),
    "to_address": gettext_lazy("to which address"),
    "user_id": gettext_lazy("person"),
    "ids": gettext_lazy("numbers of what it is about"),
    "kind": gettext_lazy("what kind"),
    "hash": gettext_lazy("keyed hash of the address"),
    "mac": gettext_lazy("check of the code"),
    "digest": gettext_lazy("check of the key"),
    "seen_at": gettext_lazy("last here"),
    "ends_at": gettext_lazy("ends"),
    "begun_at": gettext_lazy("begun"),
    "is_active": gettext_lazy("may sign in"),
    "created_at": gettext_lazy("here since"),
    "way": gettext_lazy("by which way"),
    "args_kwargs": gettext_lazy("what the work is about"),
    "act": gettext_lazy("what was done"),
    "bytes": gettext_lazy("size in bytes"),
    "data": gettext_lazy("content"),
}


NOTHING = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of one row: its name in words and its value, or that it is kept and not shown."""

    name: str
    title: str
    value: Any
    is_secret: bool = False

    @property
    def at(self) -> datetime | None:
        """The instant that stands here, if it is one."""
        return self.value if isinstance(self.value, datetime) else None

    @property
    def text(self) -> str:
        """The value for people, who read no code."""
        if self.is_secret:
            return _("kept, not shown")
        if self.value in (None, ""):
            return NOTHING
        if isinstance(self.value, bool):
            return _("yes") if self.value else _("no")
        if isinstance(self.value, datetime):
            return self.value.strftime("%Y-%m-%d %H:%M:%S UTC")
        if isinstance(self.value, dict):
            return ", ".join(f"{key}: {value}" for key, value in self.value.items()) or NOTHING
        return str(self.value)


def columns_of(model: Model) -> list[Field[Any, Any]]:
    """List the columns of a table."""
    return list(model._meta.concrete_fields)


def words_for(column: str) -> str:
    """Name a column in words."""
    return str(WORDS.get(column) or column.removesuffix("_id").replace("_", " "))


def cells_of(row: Any, holding: Holding, *, person_id: int, columns: list[Field[Any, Any]]) -> list[Cell]:
    """Read a row, column by column; of one that is about somebody else only its number and when it was."""
    if row.is_own:
        return [cell_of(row, column, holding, person_id) for column in columns]
    return [
        cell_of(row, column, holding, person_id)
        if column.primary_key or isinstance(column, DateField)
        else Cell(column.attname, words_for(column.attname), None, is_secret=True)
        for column in columns
    ]


def cell_of(row: Any, column: Field[Any, Any], holding: Holding, person_id: int) -> Cell:
    """Read one column of a row."""
    name, value = column.attname, getattr(row, column.attname)
    title = words_for(name)
    if shows := holding.shows.get(name):
        shown = shows(row)
        return Cell(name, title, shown, is_secret=shown is None)
    if name in holding.secret:
        return Cell(name, title, None, is_secret=True)
    if isinstance(value, bytes | memoryview):
        value = _("%(n)s bytes") % {"n": len(value)}
    elif value == person_id and is_of_people(column, holding):
        value = _("you")
    elif column.choices:
        value = str(dict(column.flatchoices).get(value, value))
    return Cell(name, title, value)


def is_of_people(column: Field[Any, Any], holding: Holding) -> bool:
    """Say whether the numbers in a column are those of people."""
    if column.is_relation:
        return column.related_model is Person
    return column.attname in {*holding.clears, *holding.deletes, *holding.stays}
