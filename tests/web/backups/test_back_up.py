"""`porch backup`: whole or not there, consistent while others write, and honest about what it cannot do."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from porch.web.backups.archive import verify
from tests.disks import on_disk
from tests.plugin import ON_POSTGRESQL
from tests.porch_server import PORCH, PorchProcess
from tests.web.backups.conftest import BackedUp
from tests.web.backups.stage import back_up, empty_house, keep_file, lived_in, rows, run

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("each_database")]
WRITERS = 4


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PorchProcess]:
    with lived_in(tmp_path_factory.mktemp("back-up") / "a") as house:
        yield house


def test_without_a_name_it_goes_to_its_folder_read_back_and_for_nobody_else(house: PorchProcess) -> None:
    done = run(house, "backup")
    assert done.returncode == 0, done.stderr
    (file,) = (house.folder / "data" / "backups").glob("porch-*.tar")
    assert f"{file}: " in done.stderr
    assert f"porch restore {file}" in done.stderr
    assert file.stat().st_mode & 0o777 == 0o600
    assert list(json.loads((house.folder / "data" / "backups.json").read_text())["verified"]) == [file.name]


def test_a_file_that_is_there_is_written_over_only_by_force(house: PorchProcess) -> None:
    file = house.folder / "mine.tar"
    file.write_text("mine")
    done = run(house, "backup", "mine.tar")
    assert done.returncode == 1
    assert "--force" in done.stderr
    assert file.read_text() == "mine"
    assert run(house, "backup", "mine.tar", "--force").returncode == 0
    assert verify(file)


def test_it_may_go_into_a_pipe(house: PorchProcess) -> None:
    words = [*PORCH, "backup", "-"]
    done = subprocess.run(words, env=house.environ, cwd=house.folder, capture_output=True, timeout=60)
    file = house.folder / "piped.tar"
    file.write_bytes(done.stdout)
    assert verify(file).manifest.files == 3


def test_a_file_that_has_changed_since_it_was_stored_is_named(house: PorchProcess) -> None:
    path = keep_file(house.folder / "data", b"as it was")
    path.write_bytes(b"no longer")
    try:
        done = run(house, "backup", "it.tar", "--force", "--json")
        assert json.loads(done.stdout)["damaged"] == [str(path.relative_to(house.folder / "data"))]
    finally:
        path.unlink()


def test_what_writers_wrote_together_is_there_together(tmp_path: Path) -> None:
    """Each writer publishes pieces, and each piece notes a fact in the same transaction."""
    with lived_in(tmp_path / "a") as house, empty_house(tmp_path / "b") as other, ExitStack() as stack:
        words = [sys.executable, "-m", "tests.bench.writer"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        writers = [
            stack.enter_context(subprocess.Popen([*words, f"writer {n}", "60"], env=house.environ, **pipes))
            for n in range(WRITERS)
        ]
        for each in writers:
            assert each.stdout is not None
            assert each.stdin is not None
            assert each.stdout.readline() == "ready\n"
            each.stdin.write("\n")
            each.stdin.flush()
        file = back_up(house)
        counts = {table: entry.rows for table, entry in verify(file).manifest.tables.items()}
        for each in writers:
            each.kill()
        assert run(other, "restore", str(file)).returncode == 0
        found = rows(other)
        assert len(found["audience_article"]) == len(found["engine_audience_fact"])
        assert len(found["audience_article"]) == counts["audience_article"] > 0


def test_a_full_disk_is_said_beforehand_and_leaves_nothing(backed_up: BackedUp, tmp_path: Path) -> None:
    house = backed_up.house
    keep = keep_file(backed_up.data, os.urandom(8_000_000))
    words = (*on_disk("size=3m"), *PORCH, "backup")
    # The small disk is mounted where PORCH_DATA is: here, the folder of backups.
    script = f'PORCH_DATA={backed_up.data} exec "$@"'
    place = tmp_path / "small"
    environ = house.environ | {"PORCH_DATA": str(place), "PORCH_BACKUPS": str(place)}
    split = words.index("sh") + 4
    try:
        done = subprocess.run(
            [*words[:split], "sh", "-c", script, "sh", *words[split:]],
            env=environ,
            cwd=house.folder,
            capture_output=True,
            text=True,
            timeout=60,
        )
    finally:
        keep.unlink()
    assert done.returncode == 1
    assert "MB are needed. Make room" in done.stderr
    assert "Traceback" not in done.stderr
    assert "MB free" in json.loads((backed_up.data / "backups.json").read_text())["failure"]


def test_a_folder_that_is_none_is_said_and_remembered(house: PorchProcess) -> None:
    file = house.folder / "no-folder"
    file.touch()
    done = run(house, "backup", backups=str(file))
    assert done.returncode == 1
    assert "no backup was made" in done.stderr
    assert "Traceback" not in done.stderr
    assert "✗ backups: the last one failed" in run(house, "doctor", backups=str(file)).stdout


def test_the_nightly_one_lets_old_ones_go_and_keeps_those_asked_for(house: PorchProcess) -> None:
    folder = house.folder / "nightly"
    folder.mkdir()
    for day in range(1, 31):
        for kind in ("nightly", "porch"):
            (folder / f"{kind}-2026-01-{day:02}T031700Z.tar").touch()
    done = run(house, "backup", "--nightly", backups=str(folder))
    assert done.returncode == 0, done.stderr
    names = [path.name for path in folder.iterdir()]
    assert sum(name.startswith("porch-") for name in names) == 30
    assert 8 <= sum(name.startswith("nightly-") for name in names) <= 11
    shutil.rmtree(folder)


@pytest.mark.skipif(bool(ON_POSTGRESQL), reason="the server of PostgreSQL looks after its files")
def test_a_database_that_is_none_is_not_backed_up(tmp_path: Path) -> None:
    with empty_house(tmp_path / "a") as house:
        (tmp_path / "a" / "data").mkdir()
        (tmp_path / "a" / "data" / "porch.sqlite3").write_bytes(b"my shopping list\n" * 500)
        done = run(house, "backup")
        assert done.returncode == 1
        assert "no backup was made: the database cannot be read" in done.stderr
        assert "Traceback" not in done.stderr


def test_a_database_out_of_reach_is_said_in_words(tmp_path: Path) -> None:
    with empty_house(tmp_path / "a") as house:
        away = "postgres://porch@127.0.0.1:1/porch?connect_timeout=2"
        for words in (("backup",), ("restore", "--into", "b", "it.tar")):
            done = run(house, *words, database=away)
            assert done.returncode == 1
            assert "Traceback" not in done.stderr


def test_a_backup_is_not_written_beside_the_disk_that_is_missing(house: PorchProcess, tmp_path: Path) -> None:
    done = run(house, "backup", str(tmp_path / "usb" / "porch.tar"))
    assert done.returncode == 1
    assert "there is no folder" in done.stderr
    assert not (tmp_path / "usb").exists()
