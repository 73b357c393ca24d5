from collections.abc import Iterator

import pytest
from django.test import Client

from tests.plugin import ON_POSTGRESQL
from tests.porch_server import PorchProcess, running_porch
from tests.village import Village, browser, build_village

NEEDS_DATABASE = {"db", "transactional_db", "village", "porch_server", "house", "each_database"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL, repeat only what touches the database."""
    if ON_POSTGRESQL:
        kept = [item for item in items if NEEDS_DATABASE & set(getattr(item, "fixturenames", ()))]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


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
