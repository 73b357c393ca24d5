"""A database file that is removed or replaced while the server runs."""

import os
import signal
import sqlite3
import time
from pathlib import Path

import pytest

from porch.web.server.database_file import DatabaseFile
from tests.plugin import ON_POSTGRESQL
from tests.porch_server import running_porch
from tests.web.server.test_front import publish, until

ON_SQLITE = pytest.mark.skipif(bool(ON_POSTGRESQL), reason="there the database is no file of ours")


def test_a_file_is_known_again_by_its_number_not_its_name(tmp_path: Path) -> None:
    path = tmp_path / "porch.sqlite3"
    path.write_bytes(b"ours")
    file = DatabaseFile.of({"ENGINE": "django.db.backends.sqlite3", "NAME": path})
    assert file.look() == "here"
    path.rename(tmp_path / "away")
    assert file.look() == "gone"
    path.write_bytes(b"ours")
    assert file.look() == "replaced"
    (tmp_path / "away").rename(path)
    assert file.look() == "here"


def test_a_database_server_has_no_file() -> None:
    assert DatabaseFile.of({"ENGINE": "django.db.backends.postgresql", "NAME": "porch"}).look() == "here"


@ON_SQLITE
@pytest.mark.slow
def test_nothing_is_written_while_the_file_is_gone_and_all_goes_on_when_it_is_back() -> None:
    with running_porch("--no-worker") as server, server.sign_in() as owner:
        file = Path(server.environ["PORCH_DATA"]) / "porch.sqlite3"
        os.rename(file, file.with_suffix(".away"))
        until(lambda: "nothing is written" in server.log)
        answer = publish(owner, "Into nothing")
        assert answer.status_code == 503
        assert "The database file is gone" in answer.text
        assert answer.headers["retry-after"] == "30"
        assert owner.get("/inside/").status_code == 200, "reading goes on"
        os.rename(file.with_suffix(".away"), file)
        until(lambda: publish(owner, f"Back {time.monotonic_ns()}").status_code == 302)


@ON_SQLITE
@pytest.mark.slow
def test_a_server_ends_where_another_file_lies_in_the_place_of_its_own() -> None:
    with running_porch() as server:
        file = Path(server.environ["PORCH_DATA"]) / "porch.sqlite3"
        with sqlite3.connect(file) as old, sqlite3.connect(file.with_suffix(".new")) as new:
            old.backup(new)
        new.close()
        os.rename(file.with_suffix(".new"), file)
        assert server.process.wait(10) == 75
        assert "another database file lies in the place of ours" in server.log
        server.start()
        assert server.stop(signal.SIGTERM) < 5
