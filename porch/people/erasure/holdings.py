"""What we hold of people: one entry for each table that knows somebody, with what it is for and how it lets go.

Each slice declares its tables beside them (``hold``). Erasing a person and listing what we hold of them walk
over the same list, and a law finds tables that are missing from it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from porch.kit.refusals import Text

Model = type[models.Model]
Changes = Mapping[str, object]
Cut = Callable[[Any, "Subject"], Changes]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whoever it is about: the number of a person, and the addresses that they have, in lower case."""

    person_id: int
    addresses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """A table that knows people.

    ``table`` is its label, ``purpose`` why we hold it and ``kept`` why something of it stays, in plain language.
    Relations to a person are found by themselves. Beside them:
    ``clears`` names columns with the number of a person, and what is then set in the row;
    ``deletes`` names columns with a number or an address (``email``) whose rows go;
    ``mentions`` names columns of text in which an address may stand, and what is then set, nothing for rows that go;
    where that depends on the row, a function of it and of the subject says what is set;
    ``stays`` names columns (or lookups) with the number of a person that stays, and leads nowhere;
    ``about`` names relations that stay, and by which a row is theirs to read all the same: what they wrote, or paid;
    ``finds`` says which rows are theirs where no column says it, for instance by a keyed hash; ``goes``, that those go;
    ``also`` does what else is to be done, inside the transaction.

    For the pages on which people read their rows, and for what they take out:
    ``secret`` names columns that are never shown, since they open something, would tell of others, or are keyed
    hashes; ``harmless`` those that only sound like it; ``shows`` makes a column readable (None: it stays secret), and
    ``along`` names the relations that this reads; ``corrected_at`` names pages where a row is changed, with what one
    does there. ``counted_by`` names the column that stands for somebody where no relation and no number does.
    """

    table: str
    purpose: Text
    kept: Text = ""
    clears: Mapping[str, Changes] = field(default_factory=dict)
    deletes: tuple[str, ...] = ()
    mentions: Mapping[str, Changes | Cut] = field(default_factory=dict)
    stays: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    finds: Callable[[Subject], Q] | None = None
    goes: bool = False
    also: Callable[[Subject, datetime], None] | None = None
    secret: tuple[str, ...] = ()
    harmless: tuple[str, ...] = ()
    shows: Mapping[str, Callable[[Any], str | None]] = field(default_factory=dict)
    along: tuple[str, ...] = ()
    corrected_at: Mapping[str, Text] = field(default_factory=dict)
    counted_by: str = ""


HOLDINGS: dict[str, Holding] = {}


def hold(model: Model | str, purpose: Text, **how: Any) -> Holding:
    """Declare that a table knows people, by its class or, for tables of libraries, by its label.

    Raises ``ValueError`` where it is declared already.
    """
    table = model if isinstance(model, str) else model._meta.label
    if table in HOLDINGS:
        raise ValueError(f"what {table} is for is said twice")
    HOLDINGS[table] = Holding(table, purpose, **how)
    return HOLDINGS[table]
