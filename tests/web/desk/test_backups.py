"""The desk's page of backups, and the doctor's: for operators, with what there is and what went wrong."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django_tasks_db.models import DBTaskResult

from porch.web.backups.keeping import NIGHTLY, failed, name_for, succeeded
from porch.web.desk.backups import actions
from tests.village import NOON, Village, browser

NAME = name_for(NIGHTLY, NOON)


@pytest.fixture
def folder() -> Iterator[Path]:
    """The folder of backups of this run, empty before and after."""
    data: Path = settings.OPTIONS.data
    place = data / "backups"
    place.mkdir(exist_ok=True)
    yield place
    for file in [*place.iterdir(), data / "backups.json"]:
        file.unlink(missing_ok=True)


def test_an_empty_page_says_when_the_first_one_comes(folder: Path, ada: Client) -> None:
    text = ada.get("/desk/backups/").content.decode()
    assert "There is no backup yet." in text
    assert "porch restore" in text


def test_a_backup_is_listed_and_can_be_fetched_by_operators_alone(folder: Path, village: Village) -> None:
    (folder / NAME).write_bytes(b"everything")
    succeeded(settings.OPTIONS.data, NAME, "sum", folder)
    ada = browser(village.ada)
    text = ada.get("/desk/backups/").content.decode()
    assert NAME in text
    assert "read back" in text
    answer = ada.get(f"/desk/backups/{NAME}/")
    assert b"".join(answer.streaming_content) == b"everything"
    assert NAME in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "no-store"
    for who in (village.ben, village.dov):
        assert browser(who).get(f"/desk/backups/{NAME}/").status_code == 404
    assert browser().get(f"/desk/backups/{NAME}/").status_code == 302


@pytest.mark.parametrize("name", ["..%2Fsecret.key", "secret.key", "nightly-2026-01-01T000000Z.tar", "%00"])
def test_nothing_else_can_be_fetched(name: str, folder: Path, ada: Client) -> None:
    assert ada.get(f"/desk/backups/{name}/").status_code in (400, 404)


def test_one_that_is_too_large_for_the_browser_is_refused_in_words(
    folder: Path, ada: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_BYTES", 5)
    (folder / NAME).write_bytes(b"everything")
    assert f"/desk/backups/{NAME}/" not in ada.get("/desk/backups/").content.decode()
    answer = ada.get(f"/desk/backups/{NAME}/")
    assert answer.status_code == 413
    assert "Copy it from the machine" in answer.content.decode()


def test_one_that_is_asked_for_is_made_once(folder: Path, ada: Client, ben: Client) -> None:
    assert ben.post("/desk/backups/new/").status_code == 404
    assert DBTaskResult.objects.count() == 0
    for _ in range(2):
        assert ada.post("/desk/backups/new/").status_code == 302
    assert DBTaskResult.objects.count() == 1


STATES = {
    "READY": "A backup waits for a worker.",
    "RUNNING": "A backup is being made.",
    "FAILED": "the disk is full",
    "SUCCESSFUL": "is made and read back",
}


@pytest.mark.parametrize("state", STATES)
def test_the_page_says_how_the_one_that_was_asked_for_goes(state: str, folder: Path, ada: Client) -> None:
    assert not any(words in ada.get("/desk/backups/?asked").content.decode() for words in STATES.values())
    ada.post("/desk/backups/new/")
    why = "Traceback:\n  …\nporch.web.backups.words.BackupFailed: the disk is full\n"
    DBTaskResult.objects.update(status=state, traceback=why if state == "FAILED" else "")
    text = ada.get("/desk/backups/").content.decode()
    assert [each for each, words in STATES.items() if words in text] == [state]
    assert ("disabled" in text) == (state in ("READY", "RUNNING"))


def test_a_failure_is_shown(folder: Path, ada: Client) -> None:
    failed(settings.OPTIONS.data, NOON, "the disk is full")
    assert "the disk is full" in ada.get("/desk/backups/").content.decode()
    assert "the disk is full" in ada.get("/desk/doctor/").content.decode()
    assert "Nothing is wrong." not in ada.get("/desk/doctor/").content.decode()
