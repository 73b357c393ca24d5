"""What happens by itself deletes nothing by age while the clock is in doubt."""

import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django_tasks_db.models import DBTaskResult
from pytest_django.fixtures import Settings

from porch.engine.files.actions import release, take_in
from porch.engine.files.store import LocalStore
from porch.engine.models import ClockJump
from porch.engine.outbox.states import State
from porch.kit.time import now
from porch.people.sessions.models import Session
from porch.people.tokens.models import KeptAnswer
from porch.web.clockwork import RECURRING, ROUNDS
from tests.engine.files.conftest import shelf  # noqa: F401 - a fixture
from tests.engine.files.samples import ANYTHING, PDF
from tests.engine.jobs.chores import touch
from tests.engine.outbox.test_settle import put
from tests.engine.promises.owing import owe
from tests.village import NOON, add_person
from tests.web.api.callers import token_of

A_YEAR, A_DAY = timedelta(days=366), timedelta(days=1)
OURS = {
    *("audience", "bridge", "community", "conversation", "engine", "moderation", "notices", "people"),
    "django_tasks_database",
}
Rows = dict[str, set[Any]]


@pytest.fixture
def house(village: object, shelf: LocalStore, settings: Settings) -> LocalStore:  # noqa: F811
    """A house in which something lies of everything that goes by age, a year ago by the clock as it is now."""
    # The nightly backup is a process of its own, with a house of its own: see backups/test_back_up.py.
    settings.OPTIONS = replace(settings.OPTIONS, backups="off")
    then = now() - A_YEAR
    file = take_in(io.BytesIO(PDF), name="a", kind=ANYTHING, by_id=7, at=then)
    release(holdings=[file.pk], at=then)
    Session.objects.create(digest="s" * 64, data="{}", begun_at=then, seen_at=then, ends_at=then + A_DAY)
    secret = put(State.KEPT, is_secret=True)
    type(secret).objects.update(queued_at=then)
    done = touch.enqueue("/nowhere")
    DBTaskResult.objects.filter(pk=done.id).update(status="SUCCESSFUL", finished_at=then)
    owe()
    token = token_of(add_person("pat")).token
    KeptAnswer.objects.create(token=token, key="k", asked="x", answer="1", kept_at=then)
    return shelf


def go_everything() -> None:
    for recurring in RECURRING:
        recurring.task.call()
    for each in ROUNDS:
        each.call(now())


def rows() -> Rows:
    """Give the key of every row of every table that is ours."""
    return {
        model._meta.label: set(model._base_manager.values_list("pk", flat=True))
        for model in apps.get_models()
        if model._meta.app_label in OURS
    }


def gone(before: Rows) -> set[str]:
    """Name the tables from which something has gone."""
    after = rows()
    return {table for table, keys in before.items() if not keys <= after[table]}


def test_while_the_clock_is_in_doubt_nothing_goes(house: LocalStore) -> None:
    ClockJump.objects.create(noticed_at=now(), expected_at=NOON, seconds=366 * 86_400, within_boot=True)
    before = rows()
    go_everything()
    assert gone(before) == set()
    assert len(list(house.walk())) == 1


def test_when_nobody_doubts_the_clock_it_goes(house: LocalStore) -> None:
    before = rows()
    go_everything()
    assert gone(before) >= {
        "engine.StoredFile",
        "people.KeptAnswer",
        "people.Session",
        "engine.DeliveryBody",
        "django_tasks_database.DBTaskResult",
    }
    assert list(house.walk()) == []
