"""Bring a database to today's schema, or to an earlier one, whole or not at all."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.commands.migrate import Command
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from porch.web.backups.snapshots import connect


class Step(Command):
    """Django's ``migrate``, which settles after each step what the rows of the step before left open.

    PostgreSQL does not alter a table while rows of the same transaction still wait to be checked.
    """

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        if action == "apply_success":
            connection.check_constraints()


def missing_migrations() -> list[str]:
    """Name the migrations that the database has not seen. Raises the driver's error where it is out of reach."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _ in plan]


def unknown_migrations() -> list[str]:
    """Name the migrations that the database has seen and this code does not know: a newer Porch has been here."""
    loader = MigrationLoader(connection)
    replaced = {each for migration in loader.disk_migrations.values() for each in migration.replaces}
    known = {*loader.disk_migrations, *replaced}
    return sorted(f"{app}.{name}" for app, name in loader.applied_migrations if (app, name) not in known)


def migrate_here() -> int:
    """Run what is missing in the database in use; give the number of steps. Call it where it can be rolled back."""
    missing = len(missing_migrations())
    if missing:
        call_command(Step(), verbosity=0, interactive=False, database=DEFAULT_DB_ALIAS)
    return missing


def migrate_to(seen: list[tuple[str, str]]) -> None:
    """Build the schema of a database that has seen exactly these migrations, in an empty one."""
    loader = MigrationLoader(None)
    wanted = set(seen)
    last = [
        node for node in wanted if not {child.key for child in loader.graph.node_map[node].children} & wanted
    ]
    executor = MigrationExecutor(connection, lambda action, *_: settle(action))
    executor.migrate(sorted(last))


def settle(action: str) -> None:
    if action == "apply_success":
        connection.check_constraints()


def migrate_file(file: Path) -> int:
    """Bring an SQLite file that nobody else uses to today's schema, and leave it in one piece, ready for several."""
    with using(file):
        steps = migrate_here()
    with closing(connect(file)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        # Back to the mode it is used in. Two processes that turn a file into it at the same moment do not wait for each
        # other, as they do for everything else: one of them is told at once that the file is locked.
        db.execute("PRAGMA journal_mode = WAL")
    return steps


@contextmanager
def using(file: Path) -> Iterator[None]:
    """Have Django work on another SQLite file for a while."""
    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = file
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own
