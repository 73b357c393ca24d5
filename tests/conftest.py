from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client, TransactionTestCase
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from tests import blank
from tests.plugin import ON_POSTGRESQL
from tests.porch_server import PorchProcess, running_porch
from tests.village import Village, browser, build_village

# How long an example takes says more about what else the machine does.
settings.register_profile("porch", deadline=None)
settings.load_profile("porch")

NEEDS_DATABASE = {"db", "transactional_db", "village", "porch_server", "house", "each_database"}


flush = TransactionTestCase._fixture_teardown


def flush_what_stays_too(case: TransactionTestCase) -> None:
    """Empty the tables after a test that commits: on SQLite that is a DELETE, which some of them refuse."""
    if connection.vendor != "sqlite":
        flush(case)
        return
    cursor = connection.cursor()
    cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    triggers = cursor.fetchall()
    for name, _ in triggers:
        cursor.execute(f'DROP TRIGGER "{name}"')
    flush(case)
    for _, sql in triggers:
        connection.cursor().execute(sql)


TransactionTestCase._fixture_teardown = flush_what_stays_too


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, repeat only what touches the database."""
    if ON_POSTGRESQL:
        kept = [item for item in items if needs_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


def needs_database(item: pytest.Item) -> bool:
    """Say whether a test asks for the database, by a fixture or by its mark alone, as races do."""
    by_fixture = NEEDS_DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(by_fixture) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session", autouse=True)
def blank_is_kept(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        blank.keep()


@pytest.fixture
def village(db: None) -> Village:
    return build_village()


@pytest.fixture
def ada(village: Village) -> Client:
    return browser(village.ada)


@pytest.fixture
def ben(village: Village) -> Client:
    return browser(village.ben)


@pytest.fixture
def cleo(village: Village) -> Client:
    return browser()


@pytest.fixture
def dov(village: Village) -> Client:
    return browser(village.dov)


@pytest.fixture(scope="session")
def porch_server() -> Iterator[PorchProcess]:
    """A whole Porch in processes of its own, shared by the tests of one worker."""
    with running_porch() as server:
        yield server


@pytest.fixture
def each_database() -> None:
    """For tests that make houses of their own: they are repeated on PostgreSQL too."""
