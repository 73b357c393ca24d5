from typing import Any

from django.db import migrations

SQLITE = [
    f"""
    CREATE TRIGGER a_consent_is_never_{done} BEFORE {what} ON people_consent
    BEGIN SELECT RAISE(ABORT, 'the ledger of consent is append-only'); END
    """
    for what, done in (("UPDATE", "changed"), ("DELETE", "deleted"))
]
POSTGRESQL = [
    """
    CREATE FUNCTION people_consent_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the ledger of consent is append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$
    """,
    """
    CREATE TRIGGER a_consent_is_never_changed BEFORE UPDATE OR DELETE ON people_consent
    FOR EACH ROW EXECUTE FUNCTION people_consent_is_append_only()
    """,
]


def guard(apps: Any, schema_editor: Any) -> None:
    """Have the database itself refuse to change or delete a line of the ledger."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unguard(apps: Any, schema_editor: Any) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER a_consent_is_never_changed ON people_consent")
        schema_editor.execute("DROP FUNCTION people_consent_is_append_only()")
    else:
        schema_editor.execute("DROP TRIGGER a_consent_is_never_changed")
        schema_editor.execute("DROP TRIGGER a_consent_is_never_deleted")


class Migration(migrations.Migration):

    dependencies = [
        ("people", "0003_consent"),
    ]

    operations = [migrations.RunPython(guard, unguard)]
