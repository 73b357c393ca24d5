"""kill -9 of a backup or a restore, again and again: what has its name is whole, and the next one goes through."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from porch.web.backups.archive import verify
from tests.porch_server import PorchProcess
from tests.web.backups.conftest import BackedUp
from tests.web.backups.stage import empty_house, files, rows, run

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("each_database")]
DYING = [sys.executable, "-m", "tests.web.backups.dying"]


def die(house: PorchProcess, folder: Path, last: int, *words: str) -> "subprocess.CompletedProcess[str]":
    command = [*DYING, str(folder), str(last), *words]
    return subprocess.run(
        command, env=house.environ, cwd=house.folder, capture_output=True, text=True, timeout=60
    )


def moments(touched: str, number: int) -> list[int]:
    """Choose this many moments out of all, the last ones closest together: there things get their names."""
    every = int(re.search(r"touched (\d+)", touched)[1])  # type: ignore[index]
    late = list(range(max(every - number // 2, 1), every + 1))
    early = range(1, late[0], max(late[0] // (number - number // 2), 1))
    return [*early, *late]


def test_a_backup_that_is_killed_leaves_nothing_under_its_name(backed_up: BackedUp, tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.mkdir()
    done = die(backed_up.house, place, 0, "backup", str(place / "whole.tar"))
    assert done.returncode == 0, done.stderr
    file = place / "it.tar"
    for last in moments(done.stdout, 5):
        died = die(backed_up.house, place, last, "backup", str(file), "--force")
        assert died.returncode == -9, died.stderr
        assert not file.exists() or verify(file)
    assert run(backed_up.house, "backup", str(file), "--force").returncode == 0
    assert sorted(path.name for path in place.iterdir()) == ["it.tar", "whole.tar"]
    assert not list((backed_up.data / "tmp").glob(".porch-*"))


def test_a_restore_that_is_killed_is_nothing_or_all(backed_up: BackedUp, tmp_path: Path) -> None:
    with empty_house(tmp_path / "whole") as house:
        done = die(house, house.folder, 0, "restore", str(backed_up.file))
        assert done.returncode == 0, done.stderr
        expected = rows(house), files(house.folder / "data")
    for last in moments(done.stdout, 6):
        with empty_house(tmp_path / f"killed-{last}") as house:
            data = house.folder / "data"
            died = die(house, house.folder, last, "restore", str(backed_up.file))
            assert died.returncode == -9, died.stderr
            again = run(house, "restore", str(backed_up.file))
            # It may have come so far that the next command of any kind brings it to its end.
            is_whole = (data / "secret.key").exists()
            assert is_whole
            assert again.returncode == 0 or "is finished now" in again.stderr or "a Porch in" in again.stderr
            assert run(house, "check").returncode == 0
            assert (rows(house), files(data)) == expected
            assert not (data / ".restore").exists()
