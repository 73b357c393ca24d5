"""PostgreSQL: every table as text, from one transaction that sees one moment; and the way back.

The text is that of COPY: one row a line, tabs between, ``\\N`` for null. It needs no program beside the driver, and any
PostgreSQL reads it: ``cat database/<table>/*.copy | psql -c '\\copy <table> from stdin'``.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

from porch.web.backups.archive import SEQUENCES, Writer
from porch.web.backups.words import Table

# A table goes into the archive in pieces: the size of each has to be known before it is written.
PIECE = 8 << 20
SAME_EVERYWHERE = (
    "client_encoding = 'UTF8'",
    "datestyle = 'ISO, YMD'",
    "timezone = 'UTC'",
    "intervalstyle = 'postgres'",
)
TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
COLUMNS = """
    SELECT attname FROM pg_attribute
    WHERE attrelid = quote_ident(%s)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
    ORDER BY attnum"""
VALUES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() ORDER BY 1"


def quote(name: str) -> str:
    """Quote a name, whatever it holds: those of an archive are somebody else's words. Django's leaves quotes be."""
    return '"' + name.replace('"', '""') + '"'


@contextmanager
def one_moment() -> Iterator[Any]:
    """Open a connection of its own on which everything is read as of one moment. Give its cursor."""
    with connected() as cursor:
        for each in SAME_EVERYWHERE:
            cursor.execute(f"SET {each}")
        cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield cursor


@contextmanager
def connected() -> Iterator[Any]:
    """Open a connection beside Django's own, whose errors are Django's. Give its cursor."""
    with connection.wrap_database_errors:
        raw = connection.get_new_connection({**connection.get_connection_params(), "autocommit": True})
        try:
            yield raw.cursor()
        finally:
            raw.close()


def describe(cursor: Any) -> dict[str, Table]:
    """Name the tables, their columns, and how many rows each has."""
    described = {}
    for (name,) in cursor.execute(TABLES).fetchall():
        columns = [column for (column,) in cursor.execute(COLUMNS, [name]).fetchall()]
        rows = cursor.execute(f"SELECT count(*) FROM {quote(name)}").fetchone()[0]  # noqa: S608 - a name of ours
        described[name] = Table(rows, columns)
    return described


def migrations_seen(cursor: Any) -> list[tuple[str, str]]:
    """List the migrations that the database has seen."""
    if not cursor.execute("SELECT to_regclass('django_migrations')").fetchone()[0]:
        return []
    return [
        tuple(row) for row in cursor.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
    ]


def size_here(cursor: Any) -> int:
    """Give the size of the database on its own disk, in bytes. As text it is about as large, or smaller."""
    return int(cursor.execute("SELECT pg_database_size(current_database())").fetchone()[0])


def dump(cursor: Any, tables: dict[str, Table], writer: Writer) -> None:
    """Write every table, piece by piece, and where the sequences stand."""
    for name, table in tables.items():
        columns = ", ".join(map(quote, table.columns))
        piece, number = bytearray(), 1
        with cursor.copy(f"COPY {quote(name)} ({columns}) TO STDOUT") as rows:
            for row in rows:
                piece += row
                if len(piece) >= PIECE:
                    writer.add(piece_name(name, number), bytes(piece))
                    piece.clear()
                    number += 1
        writer.add(piece_name(name, number), bytes(piece))
    # Sequences stand outside of transactions: they may be ahead of the rows, never behind.
    writer.add(SEQUENCES, json.dumps(dict(cursor.execute(VALUES).fetchall()), indent=1).encode())


def piece_name(table: str, number: int) -> str:
    return f"database/{table}/{number:06}.copy"


def names() -> set[str]:
    """Name the tables that are in the database."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        return {name for (name,) in cursor.fetchall()}


def columns_of(table: str) -> set[str]:
    """Name the columns of a table that is there."""
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table])
        return {name for (name,) in cursor.fetchall()}


def empty(tables: list[str]) -> None:
    """Take out what migrations have put into tables, all at once."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(map(quote, tables))}")


def load(name: str, columns: list[str], pieces: Iterator[bytes]) -> int:
    """Fill a table from its text; give the number of rows."""
    cursor = connection.connection.cursor()
    for each in SAME_EVERYWHERE:
        cursor.execute(f"SET LOCAL {each}")
    with (
        connection.wrap_database_errors,
        cursor.copy(f"COPY {quote(name)} ({', '.join(map(quote, columns))}) FROM STDIN") as copy,
    ):
        for piece in pieces:
            copy.write(piece)
    return int(cursor.rowcount)


def set_sequences(values: dict[str, int | None]) -> None:
    """Have the sequences go on where they stood."""
    with connection.cursor() as cursor:
        for name, value in values.items():
            if value is not None:
                cursor.execute("SELECT setval(quote_ident(%s)::regclass, %s)", [name, value])


def mark(text: str | None = None) -> str | None:
    """Leave word in the database which archive it came from, or read the word that was left."""
    with connection.cursor() as cursor:
        if text is not None:
            cursor.execute(f"COMMENT ON TABLE django_migrations IS '{text}'")
        cursor.execute("SELECT obj_description(to_regclass('django_migrations'), 'pg_class')")
        found = cursor.fetchone()
        return found[0] if found else None
