"""What was backed up is what comes back: row by row, byte by byte, on an empty place and on no other."""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from porch.web.backups.restoring import require_own
from porch.web.backups.tables import quote
from porch.web.backups.words import NotRestorable
from tests.disks import on_disk
from tests.plugin import ON_POSTGRESQL
from tests.porch_server import PORCH, PorchProcess
from tests.web.backups.conftest import BackedUp
from tests.web.backups.stage import back_up, empty_house, execute, files, lived_in, rows, run

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("each_database")]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[PorchProcess]:
    """Where nobody lives yet."""
    with empty_house(tmp_path / "b") as house:
        yield house


def test_what_comes_back_is_what_was_there(backed_up: BackedUp, place: PorchProcess) -> None:
    done = run(place, "restore", str(backed_up.newer_file), plant="odd")
    assert done.returncode == 0, done.stderr
    found = rows(place)
    assert found == rows(backed_up.house)
    assert len(found["bridge_odd"]) == 3
    assert files(place.folder / "data") == files(backed_up.data)
    expected = {"files", "secret.key"} | (set() if ON_POSTGRESQL else {"porch.sqlite3"})
    assert {path.name for path in (place.folder / "data").iterdir()} == expected


def test_life_goes_on_where_it_stood(backed_up: BackedUp, place: PorchProcess) -> None:
    run(place, "restore", str(backed_up.file))
    before = rows(place)["people_signinlink"]
    done = run(place, "owner-link")
    assert done.returncode == 0, done.stderr
    assert len(rows(place)["people_signinlink"]) == len(before) + 1


def test_a_backup_of_an_older_porch_is_brought_up_to_date(backed_up: BackedUp, place: PorchProcess) -> None:
    done = run(place, "restore", "--json", str(backed_up.file), plant="odd")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["steps"] == 1
    assert len(rows(place)["bridge_odd"]) == 3
    assert rows(place)["people_person"] == rows(backed_up.house)["people_person"]


def test_a_backup_of_a_newer_porch_is_refused(backed_up: BackedUp, place: PorchProcess) -> None:
    done = run(place, "restore", str(backed_up.newer_file))
    assert done.returncode == 1
    assert "newer than this one" in done.stderr
    assert "bridge.x0999_planted" in done.stderr
    assert not (place.folder / "data").exists()


def test_a_place_where_somebody_lives_is_left_alone(backed_up: BackedUp, tmp_path: Path) -> None:
    before = rows(backed_up.house)
    done = run(backed_up.house, "restore", str(backed_up.file))
    assert done.returncode == 1
    assert "there is a Porch in" in done.stderr
    assert f"mv {backed_up.data}" in done.stderr
    if ON_POSTGRESQL:
        done = run(backed_up.house, "restore", "--into", str(tmp_path / "b"), str(backed_up.file))
        assert done.returncode == 1
        assert "the database of PORCH_DATABASE is not empty" in done.stderr
        assert not (tmp_path / "b").exists()
    assert rows(backed_up.house) == before


def test_a_folder_with_something_else_in_it_is_left_alone(backed_up: BackedUp, place: PorchProcess) -> None:
    data = place.folder / "data"
    data.mkdir()
    (data / "letters.txt").write_text("mine")
    done = run(place, "restore", str(backed_up.file))
    assert done.returncode == 1
    assert "letters.txt" in done.stderr
    assert [path.name for path in data.iterdir()] == ["letters.txt"]


def test_an_archive_may_lie_in_the_folder_that_it_fills(backed_up: BackedUp, place: PorchProcess) -> None:
    file = place.folder / "data" / "backups" / "it.tar"
    file.parent.mkdir(parents=True)
    file.write_bytes(backed_up.file.read_bytes())
    assert run(place, "restore", str(file)).returncode == 0
    assert rows(place)["people_person"] == rows(backed_up.house)["people_person"]
    assert file.exists()


def test_a_changed_archive_touches_nothing(backed_up: BackedUp, place: PorchProcess) -> None:
    data = bytearray(backed_up.file.read_bytes())
    data[data.index(bytes(range(256)))] ^= 1
    (place.folder / "it.tar").write_bytes(data)
    done = run(place, "restore", "it.tar")
    assert done.returncode == 1
    assert "is not what was backed up" in done.stderr
    assert not (place.folder / "data").exists()


def test_another_engine_is_said_in_words(backed_up: BackedUp, place: PorchProcess) -> None:
    elsewhere = "" if ON_POSTGRESQL else "postgres://porch@127.0.0.1:1/porch?connect_timeout=2"
    done = run(place, "restore", str(backed_up.file), database=elsewhere)
    assert done.returncode == 1
    assert ("set PORCH_DATABASE to an empty" if ON_POSTGRESQL else "unset PORCH_DATABASE") in done.stderr
    assert not (place.folder / "data").exists()


def test_what_is_not_there_is_said_in_words(place: PorchProcess) -> None:
    done = run(place, "restore", "nowhere.tar")
    assert done.returncode == 1
    assert "there is no file" in done.stderr
    assert not (place.folder / "data").exists()


def test_a_table_that_is_not_ours_is_named(tmp_path: Path, place: PorchProcess) -> None:
    """On SQLite it comes along, being a part of the file; PostgreSQL's tables are built anew, by us."""
    with lived_in(tmp_path / "a") as house:
        execute(house, "CREATE TABLE guests (id integer)")
        done = run(place, "restore", str(back_up(house)))
    if ON_POSTGRESQL:
        assert done.returncode == 1
        assert "guests" in done.stderr
        assert rows(place) == {}
        assert not (place.folder / "data" / "secret.key").exists()
    else:
        assert rows(place)["guests"] == []


def test_a_disk_that_is_too_small_is_said_beforehand(backed_up: BackedUp, place: PorchProcess) -> None:
    data = place.folder / "data"
    words = [*on_disk("size=200k"), *PORCH, "restore", str(backed_up.file)]
    done = subprocess.run(words, env=place.environ, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "are needed. Make room" in done.stderr
    assert list(data.iterdir()) == []


@pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite's backup is a file, and holds no statements")
def test_a_name_in_an_archive_is_no_statement(db: None) -> None:
    bad = "id\") FROM PROGRAM 'true' --\""
    with pytest.raises(NotRestorable, match="column that is not of Porch"):
        require_own({"community_member": ["id", bad]})
    assert quote(f'"{bad}"').count('"') % 2 == 0
    assert quote('"a"') == '"""a"""'
