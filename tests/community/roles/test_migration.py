"""A house that stood before there were roles has an owner after."""

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from porch.community.circles.models import Circle
from porch.community.roles.models import RoleHolder
from tests.village import NOON, build_village

BEFORE = [("community", "0002_portraits")]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_operator", [True, False])
def test_the_first_operator_who_is_a_member_owns_it_or_else_the_first_member(is_operator: bool) -> None:
    latest = MigrationLoader(connection).graph.leaf_nodes()
    try:
        MigrationExecutor(connection).migrate(BEFORE)
        old = MigrationExecutor(connection).loader.project_state([*BEFORE, ("people", "0006_sign_in")]).apps
        person, member = old.get_model("people", "Person"), old.get_model("community", "Member")
        early, late = (person.objects.create(name=name, created_at=NOON) for name in ("Early", "Late"))
        members = [member.objects.create(person=each, joined_at=NOON) for each in (early, late)]
        if is_operator:
            old.get_model("people", "Operator").objects.create(person=late, since=NOON)
    finally:
        MigrationExecutor(connection).migrate(latest)
    assert Circle.objects.get().is_whole
    assert RoleHolder.objects.get().member_id == members[1 if is_operator else 0].pk


@pytest.mark.django_db(transaction=True)
def test_a_new_house_is_founded_by_its_first_member_alone() -> None:
    assert not Circle.objects.exists()
    village = build_village()
    assert RoleHolder.objects.get().member.person == village.ada
