"""The database refuses to change or delete facts.

A later migration that alters one of these tables has to do this again at its end: to SQLite, Django makes the table
anew, without the triggers. A test tells.
"""

from typing import Any

from django.db import migrations

from porch.kit.staying import let_go, let_stay

WHY = "facts are only ever added: what happened has happened"
TABLES = ("engine_community_fact", "engine_audience_fact")


def close(apps: Any, schema_editor: Any) -> None:
    for table in TABLES:
        let_stay(table, schema_editor.execute, vendor=schema_editor.connection.vendor, why=WHY)


def reopen(apps: Any, schema_editor: Any) -> None:
    for table in TABLES:
        let_go(table, schema_editor.execute, vendor=schema_editor.connection.vendor)


class Migration(migrations.Migration):
    dependencies = [("engine", "0006_outbox")]

    operations = [migrations.RunPython(close, reopen)]
