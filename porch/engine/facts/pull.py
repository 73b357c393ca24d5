"""Read facts back by id, as plain rows. The only door through which insight sees anything."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from django.db import connection

from porch.kit.prepared import is_plain

Stream = Literal["community", "audience"]
TABLES: dict[Stream, str] = {"community": "engine_community_fact", "audience": "engine_audience_fact"}
PULL: dict[Stream, str] = {
    stream: f"SELECT id, kind, version, at, ids FROM {table} WHERE id > %s ORDER BY id LIMIT %s"  # noqa: S608 - constants
    for stream, table in TABLES.items()
}
NATIVE: dict[Stream, str] = {stream: text.replace("%s", "?") for stream, text in PULL.items()}
MOST = 1_000


@dataclass(frozen=True, slots=True)
class Pulled:
    """A fact as read: ``at`` in microseconds since 1970, UTC; ``ids`` as its kind declares them."""

    id: int
    kind: str
    version: int
    at: int
    ids: Mapping[str, Any]


def pull(stream: Stream, *, after: int = 0, most: int = MOST) -> list[Pulled]:
    """Read up to ``most`` facts with an id above ``after``, oldest first."""
    if connection.vendor == "sqlite" and is_plain(connection):
        # Past Django's cursor, which would translate the statement anew: it is run after each commit.
        with connection.wrap_database_errors:
            rows = connection.connection.execute(NATIVE[stream], (after, most)).fetchall()
    else:
        with connection.cursor() as cursor:
            cursor.execute(PULL[stream], [after, most])
            rows = cursor.fetchall()
    return [Pulled(a, b, c, d, e if isinstance(e, dict) else json.loads(e)) for a, b, c, d, e in rows]


def newest(stream: Stream) -> int:
    """Give the id of the newest fact, 0 where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COALESCE(MAX(id), 0) FROM {TABLES[stream]}")  # noqa: S608 - the table is one of two constants
        return int(cursor.fetchone()[0])
