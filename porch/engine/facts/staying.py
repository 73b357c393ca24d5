"""The database itself refuses to change or delete facts: triggers, as SQLite and PostgreSQL have them.

What will have to take facts away one day, undoing an import, lets go of its table and has it stay again, both in the
transaction in which it does so: no one else ever sees the table without its triggers.
"""

from collections.abc import Callable

WHY = "facts are only ever added: what happened has happened"
SQLITE = """
    CREATE TRIGGER {table}_stays_on_{when} BEFORE {when} ON {table}
    BEGIN SELECT RAISE(ABORT, '{why}'); END
"""
POSTGRESQL_WHY = """
    CREATE OR REPLACE FUNCTION engine_facts_stay() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{why}' USING ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL = """
    CREATE TRIGGER {table}_stays_on_{when} BEFORE {when} ON {table}
    FOR EACH ROW EXECUTE FUNCTION engine_facts_stay()
"""
Execute = Callable[[str], object]


def let_stay(table: str, execute: Execute, *, vendor: str) -> None:
    """Have a table refuse UPDATE and DELETE."""
    if vendor == "postgresql":
        execute(POSTGRESQL_WHY.format(why=WHY))
    for when in ("update", "delete"):
        trigger = POSTGRESQL if vendor == "postgresql" else SQLITE
        execute(trigger.format(table=table, when=when, why=WHY))


def let_go(table: str, execute: Execute, *, vendor: str) -> None:
    """Have a table refuse nothing any more."""
    where = f" ON {table}" if vendor == "postgresql" else ""
    for when in ("update", "delete"):
        execute(f"DROP TRIGGER {table}_stays_on_{when}{where}")
