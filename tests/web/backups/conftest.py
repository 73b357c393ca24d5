from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.porch_server import PorchProcess
from tests.web.backups.stage import back_up, lived_in, run


@dataclass(frozen=True, slots=True)
class BackedUp:
    """A house, what was backed up of it, and again after a migration more. Nobody changes it any more."""

    house: PorchProcess
    file: Path
    newer_file: Path
    data: Path


@pytest.fixture(scope="session")
def backed_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BackedUp]:
    folder = tmp_path_factory.mktemp("backed-up") / "house"
    with lived_in(folder) as house:
        file = back_up(house)
        done = run(house, "owner-link", plant="odd")
        assert done.returncode == 0, done.stderr
        yield BackedUp(house, file, back_up(house, "newer.tar", plant="odd"), folder / "data")
