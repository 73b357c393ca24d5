from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from porch.engine.jobs.models import Worker
from tests.porch_server import PorchProcess, blank_database, blank_house
from tests.village import NOON


@pytest.fixture
def house(tmp_path: Path) -> Iterator[PorchProcess]:
    """A house that is prepared, without a server."""
    with blank_database() as database:
        house = blank_house(tmp_path, database)
        house.run("owner-link")
        yield house


def enroll(**columns: object) -> UUID:
    """Enroll a worker that lives somewhere else."""
    worker = uuid4()
    given = {"host": "elsewhere", "place": "elsewhere", "process": 1, "born": 1, "begun_at": NOON, **columns}
    Worker.objects.create(pk=worker, **given)
    return worker
