"""The database as commands meet it: reachable, and on today's schema."""

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.migrations.executor import MigrationExecutor

from porch.web.cli.base import say, stop


def missing_migrations() -> list[str]:
    """Name the migrations that the database has not seen. Raises the driver's error where it is out of reach."""
    executor = MigrationExecutor(connections[DEFAULT_DB_ALIAS])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [str(migration) for migration, _ in plan]


def bring_up_to_date() -> None:
    """Run what migrations are missing, saying so, or stop with the reason."""
    try:
        missing = missing_migrations()
        if missing:
            say(f"· preparing the database ({len(missing)} steps)")
            call_command("migrate", verbosity=0, interactive=False)
    except (Error, OSError) as error:
        stop(f"the database cannot be used: {error}".strip(), code=1)
    finally:
        connections.close_all()
