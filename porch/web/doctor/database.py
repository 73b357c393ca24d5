"""The database: in reach, on today's schema, whole, and of a version that Porch is tried with."""

import sqlite3
import time
from contextlib import closing
from pathlib import Path

from django.db import Error, connection

from porch.kit.text import size_in_words
from porch.web.backups.snapshots import connect
from porch.web.doctor.finding import Finding
from porch.web.settings.options import Options
from porch.web.upgrades.migrating import missing_migrations, unknown_migrations

CHECK_SECONDS = 2.0
STEPS = 10_000
LONG_LOG = 256 << 20
OLDEST_POSTGRESQL = 140_000


def look_at_database(options: Options) -> Finding:
    """Can the database be reached, and is it on today's schema?"""
    try:
        unknown, missing = unknown_migrations(), missing_migrations()
        name = name_of()
    except Error as error:
        return Finding(
            "database", "wrong", str(error).strip(), "See that it runs and that PORCH_DATABASE is right."
        )
    if unknown:
        return Finding(
            "database",
            "wrong",
            f"{name}, made by a newer Porch ({unknown[0]})",
            "Install the newer version, or restore a backup from before the upgrade: docs/operations.md says how.",
        )
    if missing:
        return Finding(
            "database", "wrong", f"{name}, {len(missing)} steps behind", "`porch serve` prepares it."
        )
    return Finding("database", "good", name)


def name_of() -> str:
    """Name the database and its version."""
    if connection.vendor == "sqlite":
        return f"SQLite {sqlite3.sqlite_version}"
    connection.ensure_connection()
    version: int = connection.connection.info.server_version
    old = ", which is no longer looked after: upgrade it" if version < OLDEST_POSTGRESQL else ""
    return f"PostgreSQL {version // 10_000}.{version % 10_000}{old}"


def look_at_integrity(options: Options) -> Finding:
    """Do the pages of the SQLite file hold together, as far as two seconds go? And is its log short?"""
    file = options.data / "porch.sqlite3"
    if connection.vendor != "sqlite" or not file.exists():
        return Finding(
            "integrity", "good", "looked after by PostgreSQL" if options.database else "no database yet"
        )
    log = file.with_name(file.name + "-wal")
    if log.exists() and log.stat().st_size > LONG_LOG:
        return Finding(
            "integrity",
            "advice",
            f"the write-ahead log has grown to {size_in_words(log.stat().st_size)}: somebody reads without an end",
            f"See who has it open: fuser -v {file}. Then start Porch anew.",
        )
    found = quick_check(file)
    if found == "ok":
        return Finding("integrity", "good", "its pages hold together")
    if found is None:
        return Finding(
            "integrity", "good", f"no fault within {CHECK_SECONDS:.0f} s; a backup reads all of it"
        )
    return Finding(
        "integrity",
        "wrong",
        f"the database is damaged: {found}",
        "Stop Porch, keep the folder as it is, and restore the last backup: docs/operations.md says how.",
    )


def quick_check(file: Path) -> str | None:
    """Read the database through; give ``ok``, the first fault, or None where the time was not enough."""
    end = time.monotonic() + CHECK_SECONDS
    try:
        with closing(connect(file)) as db:
            db.set_progress_handler(lambda: time.monotonic() > end, STEPS)
            return str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.OperationalError as error:
        return None if "interrupted" in str(error) else str(error)
    except sqlite3.DatabaseError as error:
        return str(error)
