"""The words of each post say in which space it stands, so that a search looks at no other."""

from typing import Any

from django.db import migrations

SAID = (
    "UPDATE conversation_entry SET words = ' #' || (SELECT t.space_id FROM conversation_post p "
    "JOIN conversation_topic t ON t.id = p.topic_id WHERE p.id = conversation_entry.post_id) || ' |' || words "
    "WHERE substr(words, 1, 2) <> ' #'"
)
UNSAID = "UPDATE conversation_entry SET words = substr(words, 1 + {at}) WHERE substr(words, 1, 2) = ' #'"
AT = {"sqlite": "instr(words, '|')", "postgresql": "strpos(words, '|')"}


def say(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(SAID)


def unsay(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(UNSAID.replace("{at}", AT[schema_editor.connection.vendor]))


class Migration(migrations.Migration):
    dependencies = [("conversation", "0011_voice")]

    operations = [migrations.RunPython(say, unsay)]
