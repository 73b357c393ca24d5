"""Who was signed in before keys were hashed is signed in after."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from porch.kit.ids import digest
from porch.kit.time import now
from porch.people.sessions.models import Session
from tests.village import build_village


def step() -> tuple[str, str]:
    """Find the migration by what it is, since numbers change when branches meet."""
    loader = MigrationLoader(connection)
    return next(key for key in loader.disk_migrations if key[0] == "people" and key[1].endswith("_sessions"))


@pytest.mark.django_db(transaction=True)
def test_sessions_of_people_go_on_and_their_keys_are_gone() -> None:
    this = step()
    loader = MigrationLoader(connection)
    before = [key for key in loader.disk_migrations[this].dependencies if key[0] == "people"]
    latest = loader.graph.leaf_nodes()
    try:
        MigrationExecutor(connection).migrate(before)
        old = MigrationExecutor(connection).loader.project_state(before).apps
        person = old.get_model("people", "Person").objects.create(name="Ben", created_at=now())
        ends_at = now() + timedelta(days=9)
        session = old.get_model("people", "Session")
        session.objects.create(session_key="k" * 32, session_data="{}", expire_date=ends_at, person=person)
        session.objects.create(session_key="s" * 32, session_data="{}", expire_date=ends_at)
    finally:
        MigrationExecutor(connection).migrate(latest)
    (row,) = Session.objects.all()
    assert (row.digest, row.person_id, row.ends_at) == (digest("k" * 32), person.pk, ends_at)
    assert apps.get_model("people", "Session") is Session
    assert row.ends_at - row.begun_at == import_module(f"porch.people.migrations.{this[1]}").LIFE
    build_village()
