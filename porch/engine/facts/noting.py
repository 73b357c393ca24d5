"""Note facts in the verb's own transaction; ring the bell once they are committed."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, transaction

from porch.engine.facts import bell
from porch.engine.facts.kinds import Fact
from porch.engine.facts.models import AudienceFactRow, CommunityFactRow
from porch.kit.locks import take_turns
from porch.kit.prepared import is_plain
from porch.kit.time import to_micros

Row = tuple[str, int, int, str]

# Written out, not built: noting is part of every verb, and building a statement costs Django more than running it.
INSERTS: dict[str, str] = {
    stream: f"INSERT INTO {row._meta.db_table} (kind, version, at, ids) VALUES (%s, %s, %s, %s)"  # noqa: S608 - constants
    for stream, row in (("community", CommunityFactRow), ("audience", AudienceFactRow))
}
NATIVE: dict[str, str] = {stream: text.replace("%s", "?") for stream, text in INSERTS.items()}


def note(fact: Fact) -> None:
    """Append a fact to its stream. Call it last in a verb, inside its transaction."""
    link = begin_noting()
    row = row_of(fact)
    if link.vendor == "sqlite" and is_plain(link):
        # Past Django's cursor, which would translate the statement anew each time.
        with link.wrap_database_errors:
            link.connection.execute(NATIVE[fact.stream], row)
    else:
        with link.cursor() as cursor:
            cursor.execute(INSERTS[fact.stream], row)
    link.on_commit(bell.ring)


def note_all(facts: Iterable[Fact]) -> int:
    """Append many facts at once, as an import does, in their order; give their number."""
    link = begin_noting()
    rows: dict[str, list[Row]] = {}
    for fact in facts:
        rows.setdefault(fact.stream, []).append(row_of(fact))
    with link.cursor() as cursor:
        for stream, each in rows.items():
            cursor.executemany(INSERTS[stream], each)
    if rows:
        link.on_commit(bell.ring)
    return sum(map(len, rows.values()))


def begin_noting() -> Any:
    """Refuse to note outside of a transaction, take the turn that keeps ids in the order of commits, give the link."""
    # Looked up once: whoever asks through Django's proxy looks it up at each step.
    link = connections[DEFAULT_DB_ALIAS]
    if not link.in_atomic_block:
        raise transaction.TransactionManagementError("a fact is noted in the transaction of its verb")
    # PostgreSQL hands out ids before the commit. With a turn held from here to the commit, a moment later,
    # ids appear in the order of commits, so that whoever reads "after id n" misses nothing.
    if link.vendor == "postgresql":
        take_turns("facts")
    return link


def row_of(fact: Fact) -> Row:
    """Write a fact as its row: kind, version, microseconds, ids as JSON."""
    ids: dict[str, Any] = fact.ids()
    return type(fact).__name__, fact.version, to_micros(fact.at), json.dumps(ids)
