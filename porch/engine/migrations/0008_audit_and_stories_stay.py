"""The database refuses to change or delete rows of the audit, and steps in the story of a promise.

Erasing a person empties the columns that name somebody, and what was said about them; nothing fills them again.
A later migration that alters one of these tables has to do this again at its end, as for facts.
"""

from typing import Any

from django.db import migrations

from porch.kit.staying import let_go, let_stay

AUDIT, STORY = "engine_auditentry", "engine_promisechange"


def close(apps: Any, schema_editor: Any) -> None:
    execute, vendor = schema_editor.execute, schema_editor.connection.vendor
    let_stay(
        AUDIT,
        execute,
        vendor=vendor,
        why="the audit is append-only",
        keeps=("id", "act", "version", "at", "is_by_person", "is_about_person", "ids"),
        empties={"by_id": "NULL", "about_id": "NULL", "reason": "''"},
    )
    let_stay(
        STORY,
        execute,
        vendor=vendor,
        why="the story of a promise is append-only",
        keeps=("id", "promise_id", "number", "state", "at"),
        empties={"by_id": "NULL", "reason": "''"},
    )


def reopen(apps: Any, schema_editor: Any) -> None:
    for table in (AUDIT, STORY):
        let_go(table, schema_editor.execute, vendor=schema_editor.connection.vendor)


class Migration(migrations.Migration):
    dependencies = [("engine", "0007_facts_stay")]

    operations = [migrations.RunPython(close, reopen)]
