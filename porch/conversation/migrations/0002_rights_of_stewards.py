"""Stewards of houses that stand already get the rights that those of new ones have."""

from typing import Any

from django.db import migrations

RIGHTS = ("manage-spaces", "tend-topics")


def give(apps: Any, schema_editor: Any) -> None:
    right = apps.get_model("community", "RoleRight")
    for role in apps.get_model("community", "Role").objects.filter(key="steward"):
        for name in RIGHTS:
            right.objects.get_or_create(role=role, right=name)


class Migration(migrations.Migration):
    dependencies = [("conversation", "0001_begin")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
