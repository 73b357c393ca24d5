"""Upgrade the database: a backup first, then every step or none.

On SQLite a copy takes the steps, and then the place of the database. On PostgreSQL they are one transaction. Whoever is
killed on the way leaves the database as it was.
"""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from porch import __version__
from porch.web.backups import snapshots, tables
from porch.web.backups.drafts import draft, settle
from porch.web.backups.keeping import BEFORE_UPGRADE, keep_newest, name_for
from porch.web.backups.making import make_backup, require_room
from porch.web.backups.turns import LIVED_IN, UPGRADE, Occupied, alone
from porch.web.backups.words import BackupFailed
from porch.web.settings.options import Options
from porch.web.upgrades.migrating import migrate_file, migrate_here, missing_migrations, unknown_migrations

log = logging.getLogger("porch.upgrade")

TURN_SECONDS = 3_600.0
# A worker that was told to stop finishes its job first.
LEAVE_SECONDS = 5.0
KEPT = 3
LOCK = 0x706F726368  # a number of ours among PostgreSQL's advisory locks
Say = Callable[[str], None]


class UpgradeFailed(Exception):
    """The database is as it was before. The text says what happened and what to do."""


class InUse(UpgradeFailed):
    """Somebody else works on the database. To try again later may help."""


class IsNewer(UpgradeFailed):
    """A newer Porch has worked on this database."""


def upgrade(options: Options, *, at: datetime, say: Say) -> None:
    """Bring the database to today's schema if it is not. Of several processes at once, one does it.

    Who waits for a turn has not opened the database: on SQLite the upgrade needs it alone.
    """
    turn = in_turn_sqlite(options.data) if connection.vendor == "sqlite" else in_turn_postgresql()
    with turn:
        require_not_newer()
        missing = missing_migrations()
        connection.close()
        if missing:
            how = upgrade_sqlite if connection.vendor == "sqlite" else upgrade_postgresql
            how(options, missing, at, say)


def require_not_newer() -> None:
    """Raise IsNewer where this code is older than the database."""
    unknown = unknown_migrations()
    if unknown:
        raise IsNewer(
            f"a newer Porch has worked on this database: it has {unknown[0]}, which Porch {__version__} does not know. "
            "Install the newer version again, or restore a backup from before the upgrade (see docs/operations.md)"
        )


@contextmanager
def in_turn_sqlite(folder: Path) -> Iterator[None]:
    with alone(folder, UPGRADE, seconds=TURN_SECONDS):
        yield


@contextmanager
def in_turn_postgresql() -> Iterator[None]:
    """Wait for the one lock of this database: servers of one database may be on many machines."""
    with tables.connected() as cursor:
        cursor.execute(f"SELECT pg_advisory_lock({LOCK})")
        yield


def upgrade_sqlite(options: Options, missing: list[str], at: datetime, say: Say) -> None:
    """Take the steps with a copy, and put it in the place of the database."""
    file = options.data / "porch.sqlite3"
    try:
        with (
            alone(options.data, LIVED_IN, seconds=LEAVE_SECONDS),
            draft(options.data) as copy,
            closing(snapshots.connect(file)) as db,
        ):
            snapshots.lock(db)
            require_room(options.data, 3 * file.stat().st_size)
            snapshots.copy_pages(db, copy, lambda size: None)
            run(options, missing, at, say, lambda: migrate_copy(copy), copy)
            settle(copy, file)
    except BackupFailed as error:
        raise UpgradeFailed(f"the database cannot be upgraded: {error}") from error
    except Occupied:
        raise InUse(
            f"another Porch runs on {options.data}, and the database needs {len(missing)} steps of an upgrade. "
            "Stop it first; nothing was changed"
        ) from None


def upgrade_postgresql(options: Options, missing: list[str], at: datetime, say: Say) -> None:
    """Take the steps in one transaction."""

    def migrate() -> None:
        with transaction.atomic():
            migrate_here()
            connection.check_constraints()

    run(options, missing, at, say, migrate, None)


def migrate_copy(copy: Path) -> None:
    """Take the steps with a file that nobody uses, and see that it is sound."""
    migrate_file(copy)
    if not snapshots.is_sound(copy):
        raise sqlite3.DatabaseError("its rows do not fit together any more")


def run(
    options: Options,
    missing: list[str],
    at: datetime,
    say: Say,
    migrate: Callable[[], None],
    copy: Path | None,
) -> None:
    """Back up what there is, take the steps, and say how it went."""
    backup = back_up_first(options, at, copy, say)
    say(f"· preparing the database ({len(missing)} steps)")
    try:
        migrate()
    except Exception as error:
        # Whatever a step raises: the database stays as it was.
        log.exception("the upgrade failed")
        kept = f" A backup of it is in {backup}." if backup else ""
        raise UpgradeFailed(
            f"the upgrade failed: {type(error).__name__}: {str(error).strip()}\n"
            f"Nothing was changed: the database is as it was before.{kept} "
            f"Go back to the version you had, and report this."
        ) from error
    if backup:
        say(f"· the database as it was before is in {backup}")


def back_up_first(options: Options, at: datetime, copy: Path | None, say: Say) -> Path | None:
    """Back up the database alone, unless it is new, and keep the last few of these."""
    if not (snapshots.migrations_in(copy) if copy else has_seen_any()):
        return None
    folder = options.backup_folder or options.data / "backups"
    path = folder / name_for(BEFORE_UPGRADE, at)
    say("· backing up the database before the upgrade")
    try:
        make_backup(path, at=at, content="database", database=copy)
    except BackupFailed as error:
        raise UpgradeFailed(
            f"there is no upgrade without a backup, and it failed: {error}. Nothing was changed"
        ) from error
    keep_newest(folder, BEFORE_UPGRADE, KEPT)
    return path


def has_seen_any() -> bool:
    return bool(MigrationRecorder(connection).applied_migrations())
