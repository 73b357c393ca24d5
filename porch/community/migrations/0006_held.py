"""Stewards of houses that stand already may see the register of purposes, as those of new ones may."""

from typing import Any

from django.db import migrations

RIGHT = "see-register"


def give(apps: Any, schema_editor: Any) -> None:
    right = apps.get_model("community", "RoleRight")
    for role in apps.get_model("community", "Role").objects.filter(key="steward"):
        right.objects.get_or_create(role=role, right=RIGHT)


class Migration(migrations.Migration):
    dependencies = [("community", "0005_arrivals")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
