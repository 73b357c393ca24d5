"""Houses that stand already get the circle of all, its roles and an owner: their first operator who is a member."""

from typing import Any

from django.conf import settings
from django.db import migrations

ROLES = {"owner": ("Owner", ["*"]), "steward": ("Steward", ["manage-circles"]), "member": ("Member", [])}


def found(apps: Any, schema_editor: Any) -> None:
    member = apps.get_model("community", "Member")
    first = member.objects.order_by("joined_at", "pk").first()
    if first is None:
        return
    at = first.joined_at
    operators = apps.get_model("people", "Operator").objects.order_by("since", "pk").values_list("person_id", flat=True)
    owner = next((found for each in operators if (found := member.objects.filter(person_id=each).first())), first)
    whole = apps.get_model("community", "Circle").objects.create(
        slug="community", name=settings.PORCH_NAME[:80], is_whole=True, made_at=at
    )
    for key, (name, rights) in ROLES.items():
        role = apps.get_model("community", "Role").objects.create(circle=whole, key=key, name=name, made_at=at)
        for right in rights:
            apps.get_model("community", "RoleRight").objects.create(role=role, right=right)
        if key == "owner":
            apps.get_model("community", "RoleHolder").objects.create(role=role, member=owner, given_at=at)


class Migration(migrations.Migration):
    dependencies = [("community", "0003_circles_and_roles"), ("people", "0001_initial")]

    operations = [migrations.RunPython(found, migrations.RunPython.noop)]
