"""SQLite: a copy of the database as it was at one moment, made while others write."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from porch.web.backups.words import Table

PAGES = 1_000


def snapshot(source: Path, target: Path, told: Callable[[int], object] = lambda size: None) -> None:
    """Copy a database page by page from within one read transaction. ``told`` hears of every so many bytes.

    The transaction keeps the view still, so writers neither wait nor make the copy begin again. Until it ends their
    pages stay in the write-ahead log, which grows by what they write meanwhile.
    """
    with closing(connect(source)) as here:
        copy_pages(here, target, told)


def copy_pages(here: sqlite3.Connection, target: Path, told: Callable[[int], object]) -> None:
    with closing(connect(target)) as there:
        there.execute("PRAGMA journal_mode = OFF")
        there.execute("PRAGMA synchronous = OFF")
        size = here.execute("PRAGMA page_size").fetchone()[0]
        copied = 0

        def count(status: int, remaining: int, total: int) -> None:
            nonlocal copied
            told((total - remaining - copied) * size)
            copied = total - remaining

        here.execute("BEGIN")
        here.execute("SELECT count(*) FROM sqlite_master").fetchone()
        here.backup(there, pages=PAGES, progress=count, sleep=0)
        here.execute("ROLLBACK")


def lock(db: sqlite3.Connection) -> None:
    """Take the whole database for this connection, until it is closed. Raises where somebody else has it open."""
    db.execute("PRAGMA locking_mode = EXCLUSIVE")
    db.execute("PRAGMA journal_mode = DELETE")
    # In this mode the lock outlasts the transaction.
    db.execute("BEGIN EXCLUSIVE")
    db.execute("COMMIT")


def connect(file: Path) -> sqlite3.Connection:
    """Open a database that exists. Nothing of Django is needed, so a file need not be the one in use."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, isolation_level=None, timeout=10)


def size_of(source: Path) -> int:
    """Give the size of what a snapshot will hold, in bytes."""
    with closing(connect(source)) as db:
        return int(
            db.execute("PRAGMA page_count").fetchone()[0] * db.execute("PRAGMA page_size").fetchone()[0]
        )


def migrations_in(file: Path) -> list[tuple[str, str]]:
    """List the migrations that a database has seen, in the order in which it saw them."""
    with closing(connect(file)) as db:
        has = "SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'"
        if not db.execute(has).fetchone():
            return []
        return [tuple(row) for row in db.execute("SELECT app, name FROM django_migrations ORDER BY id")]


def tables_in(file: Path) -> dict[str, Table]:
    """Count the rows of every table."""
    with closing(connect(file)) as db:
        wanted = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        names = [name for (name,) in db.execute(wanted)]
        count = 'SELECT count(*) FROM "{}"'
        return {name: Table(db.execute(count.format(name)).fetchone()[0]) for name in names}


def is_sound(file: Path) -> bool:
    """Read a database through and say whether its pages and its relations hold together."""
    with closing(connect(file)) as db:
        return (
            db.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
            and db.execute("PRAGMA foreign_key_check").fetchone() is None
        )
