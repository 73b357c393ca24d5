"""A backup by the worker that fails is seen at the desk and by the doctor, however it ended."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from porch.kit.time import now
from porch.web.backups import jobs
from porch.web.backups.keeping import STATE, failed, read_state
from porch.web.backups.words import BackupFailed

DIE = "import os; os.kill(os.getpid(), 9)"


@pytest.fixture
def data() -> Iterator[Path]:
    folder: Path = settings.OPTIONS.data
    (folder / STATE).unlink(missing_ok=True)
    yield folder
    (folder / STATE).unlink(missing_ok=True)


@pytest.mark.parametrize(
    ("child", "why"),
    [
        (DIE, "SIGKILL"),
        ("raise ValueError('odd')", "ValueError: odd"),
        ("import sys; sys.exit(3)", "it ended with 3"),
    ],
)
def test_a_backup_that_ends_unexpectedly_has_failed(
    monkeypatch: pytest.MonkeyPatch, data: Path, child: str, why: str
) -> None:
    monkeypatch.setattr(jobs, "WORK", child)
    with pytest.raises(BackupFailed, match=why):
        jobs.run()
    state = read_state(data)
    assert state.failed_at
    assert why in state.failure


def test_what_a_backup_says_of_its_failure_itself_stays(monkeypatch: pytest.MonkeyPatch, data: Path) -> None:
    own = (
        "import json, pathlib, sys\n"
        f"pathlib.Path({str(data / STATE)!r}).write_text("
        "json.dumps({'failed_at': '2026-01-01T00:00:00+00:00', 'failure': 'the disk is full'}))\n"
        "sys.exit('no backup was made: the disk is full')"
    )
    monkeypatch.setattr(jobs, "WORK", own)
    failed(data, now(), "the last time")
    with pytest.raises(BackupFailed, match="disk is full"):
        jobs.run()
    assert read_state(data).failure == "the disk is full"
