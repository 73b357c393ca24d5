"""The database itself refuses to change or delete rows of some tables: triggers, as SQLite and PostgreSQL have them.

What will have to take facts away one day, undoing an import, lets go of its table and has it stay again, both in the
transaction in which it does so: no one else ever sees the table without its triggers.
"""

from collections.abc import Callable, Mapping, Sequence

SQLITE = """
    CREATE TRIGGER {table}_stays_on_{when} BEFORE {when} ON {table} {condition}
    BEGIN SELECT RAISE(ABORT, '{why}'); END
"""
POSTGRESQL_WHY = """
    CREATE OR REPLACE FUNCTION porch_rows_stay() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation'; END $$
"""
POSTGRESQL = """
    CREATE TRIGGER {table}_stays_on_{when} BEFORE {when} ON {table}
    FOR EACH ROW {condition} EXECUTE FUNCTION porch_rows_stay('{why}')
"""
DIFFERS = {"postgresql": "IS DISTINCT FROM", "sqlite": "IS NOT"}
Execute = Callable[[str], object]


def let_stay(
    table: str,
    execute: Execute,
    *,
    vendor: str,
    why: str,
    keeps: Sequence[str] = (),
    empties: Mapping[str, str] | None = None,
) -> None:
    """Have a table refuse UPDATE and DELETE.

    ``empties`` names columns that may be emptied, with what is then in them, as SQL: those by which a row knows a
    person. All others are named in ``keeps``.
    """
    if vendor == "postgresql":
        execute(POSTGRESQL_WHY)
    trigger = POSTGRESQL if vendor == "postgresql" else SQLITE
    condition = f"WHEN ({is_more_than_emptied(keeps, empties, DIFFERS[vendor])})" if empties else ""
    execute(trigger.format(table=table, when="update", why=why, condition=condition))
    execute(trigger.format(table=table, when="delete", why=why, condition=""))


def is_more_than_emptied(keeps: Sequence[str], empties: Mapping[str, str], differs: str) -> str:
    """Say in SQL that a change does more than empty columns."""
    changed = [f'NEW."{name}" {differs} OLD."{name}"' for name in (*keeps, *empties)]
    filled = [f'NEW."{name}" {differs} {empty}' for name, empty in empties.items()]
    wrong = changed[: len(keeps)]
    wrong += [f"({a} AND {b})" for a, b in zip(changed[len(keeps) :], filled, strict=True)]
    return " OR ".join(wrong)


def let_go(table: str, execute: Execute, *, vendor: str) -> None:
    """Have a table refuse nothing any more."""
    where = f" ON {table}" if vendor == "postgresql" else ""
    for when in ("update", "delete"):
        execute(f"DROP TRIGGER {table}_stays_on_{when}{where}")
