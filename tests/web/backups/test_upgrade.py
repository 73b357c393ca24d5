"""An upgrade happens whole or not at all, once, and after a backup; a newer database is refused."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from porch.web.backups.archive import verify
from tests.plugin import ON_POSTGRESQL
from tests.porch_server import PorchProcess
from tests.web.backups.stage import empty_house, lived_in, program, rows, run

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("each_database")]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[PorchProcess]:
    with lived_in(tmp_path / "a") as house:
        yield house


def backups(house: PorchProcess) -> list[Path]:
    return sorted((house.folder / "data" / "backups").glob("before-upgrade-*.tar"))


def leftovers(house: PorchProcess) -> list[str]:
    return [path.name for path in (house.folder / "data").iterdir() if path.name.startswith(".")]


def test_an_upgrade_leaves_a_backup_of_what_was_there(house: PorchProcess, tmp_path: Path) -> None:
    before = rows(house)
    done = run(house, "owner-link", plant="odd")
    assert done.returncode == 0, done.stderr
    assert "preparing the database (1 steps)" in done.stderr
    (file,) = backups(house)
    assert str(file) in done.stderr
    assert verify(file).manifest.content == "database"
    assert len(rows(house)["bridge_odd"]) == 3
    with empty_house(tmp_path / "b") as other:
        assert "Move the folder `files`" in run(other, "restore", str(file)).stderr
        assert rows(other) == before
    assert run(house, "owner-link", plant="odd").stderr.count("preparing") == 0
    assert backups(house) == [file]


@pytest.mark.skipif(bool(ON_POSTGRESQL), reason="this is about the file")
def test_a_file_that_took_its_steps_is_ready_for_several(house: PorchProcess, tmp_path: Path) -> None:
    """In write-ahead mode, as two bytes of its head tell: server and worker open it at the same moment."""
    run(house, "owner-link", plant="odd")
    with empty_house(tmp_path / "b") as other:
        assert run(other, "restore", str(backups(house)[0])).returncode == 0
        assert (other.folder / "data" / "porch.sqlite3").read_bytes()[18:20] == b"\x02\x02"


def test_an_upgrade_that_fails_leaves_everything_as_it_was(house: PorchProcess) -> None:
    before = rows(house)
    done = run(house, "serve", plant="fails")
    assert done.returncode == 70
    assert "the upgrade failed: ValueError: planted to fail" in done.stderr
    assert "Nothing was changed" in done.stderr
    (file,) = backups(house)
    assert f"A backup of it is in {file}" in done.stderr
    assert rows(house) == before
    assert leftovers(house) == []
    assert run(house, "owner-link").returncode == 0, "the version from before goes on"


def test_killed_in_the_middle_it_has_not_begun(house: PorchProcess) -> None:
    before = rows(house)
    begun = house.folder / "data" / "begun"
    words = [*program("waits"), "owner-link"]
    process = subprocess.Popen(words, env=house.environ, cwd=house.folder, stderr=subprocess.DEVNULL)
    until = time.monotonic() + 30
    while not begun.exists() and time.monotonic() < until:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert begun.exists()
    assert rows(house) == before
    done = run(house, "owner-link", plant="waits")
    assert done.returncode == 0, done.stderr
    assert rows(house)["bridge_half"] == []
    assert {row[-1] == row[-1] and "Nobody" in map(str, row) for row in rows(house)["people_person"]} == {
        True
    }
    assert leftovers(house) == []


def test_of_several_at_once_one_does_it(house: PorchProcess) -> None:
    words = [*program("odd"), "owner-link"]
    started = [
        subprocess.Popen(words, env=house.environ, cwd=house.folder, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    said = [process.communicate()[1] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], said
    assert "".join(said).count("preparing the database") == 1
    assert len(backups(house)) == 1
    assert len(rows(house)["bridge_odd"]) == 3


def test_a_database_that_is_newer_than_the_code_is_refused(house: PorchProcess) -> None:
    run(house, "owner-link", plant="odd")
    before = rows(house)
    done = run(house, "serve")
    assert done.returncode == 70
    assert "a newer Porch has worked on this database: it has bridge.x0999_planted" in done.stderr
    assert "made by a newer Porch" in run(house, "doctor").stdout
    assert rows(house) == before


@pytest.mark.skipif(bool(ON_POSTGRESQL), reason="there, old servers may go on until they are stopped")
def test_a_running_porch_is_not_upgraded_under_its_feet(house: PorchProcess) -> None:
    house.start()
    try:
        done = run(house, "owner-link", plant="odd")
    finally:
        house.stop()
    assert done.returncode == 1, "it may work a moment later, so systemd tries again"
    assert "another Porch runs on" in done.stderr
    assert backups(house) == []
    assert run(house, "owner-link", plant="odd").returncode == 0


def test_every_migration_can_be_rolled_back_with_the_others() -> None:
    from django.db.migrations.loader import MigrationLoader

    loose = [str(each) for each in MigrationLoader(None).disk_migrations.values() if not each.atomic]
    assert loose == [], "on PostgreSQL an upgrade is one transaction"
