"""The worker runs what is asked for, finishes what it began, and never outlives its server."""

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from porch.engine.jobs.clockwork import Clockwork
from porch.engine.jobs.holding import PROMPT
from porch.engine.jobs.worker import RunningWorker
from tests.plugin import ON_POSTGRESQL
from tests.porch_server import PORCH, PorchProcess, children_of

pytestmark = pytest.mark.slow


def ask_for(house: PorchProcess, chore: str, path: Path, priority: int = 0) -> None:
    code = f"from tests.engine.jobs.chores import {chore}; {chore}.using(priority={priority}).enqueue({str(path)!r})"
    house.run("manage", "shell", "-v0", "-c", code)


def work(house: PorchProcess) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([*PORCH, "work"], env=house.environ, cwd=house.folder, stderr=subprocess.PIPE)


def until(is_so: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it did not come about"
        time.sleep(0.02)


def test_what_is_asked_for_is_done_and_a_job_that_stumbles_stops_nothing(
    house: PorchProcess, tmp_path: Path
) -> None:
    ask_for(house, "stumble", tmp_path / "stumbled")
    ask_for(house, "touch", tmp_path / "touched")
    worker = work(house)
    try:
        until((tmp_path / "touched").exists)
        assert (tmp_path / "stumbled").exists()
    finally:
        worker.terminate()
        assert worker.wait(5) == 0


def test_what_somebody_waits_for_is_not_behind_what_takes_long(house: PorchProcess, tmp_path: Path) -> None:
    ask_for(house, "take_long", tmp_path / "long")
    worker = work(house)
    try:
        until((tmp_path / "long.begun").exists)
        ask_for(house, "touch", tmp_path / "late")
        ask_for(house, "touch", tmp_path / "prompt", PROMPT)
        until((tmp_path / "prompt").exists)
        assert not (tmp_path / "late").exists()
        assert not (tmp_path / "long.done").exists()
    finally:
        worker.kill()
        worker.wait(5)


def test_a_worker_that_is_told_to_stop_finishes_its_job_first(house: PorchProcess, tmp_path: Path) -> None:
    ask_for(house, "take_a_while", tmp_path / "long")
    worker = work(house)
    until((tmp_path / "long.begun").exists)
    worker.send_signal(signal.SIGTERM)
    assert worker.wait(5) == 0
    assert (tmp_path / "long.done").exists()


def test_a_worker_that_is_told_to_stop_takes_no_more_and_lives_until_its_job_is_done() -> None:
    worker = RunningWorker(Clockwork(), parent=0)
    worker.hear_signal(signal.SIGTERM, None)
    assert not worker.is_wanted
    assert worker.is_there, "its heart goes on: nobody takes the job away"


def test_a_worker_whose_server_is_gone_takes_no_more() -> None:
    assert RunningWorker(Clockwork(), parent=os.getppid()).is_wanted
    assert not RunningWorker(Clockwork(), parent=os.getpid()).is_wanted


def test_the_worker_inside_serve_does_the_work_too(house: PorchProcess, tmp_path: Path) -> None:
    house.start()
    try:
        ask_for(house, "touch", tmp_path / "touched")
        until((tmp_path / "touched").exists)
    finally:
        house.stop()


def test_a_worker_that_is_killed_is_started_again(house: PorchProcess, tmp_path: Path) -> None:
    house.start()
    try:
        (worker,) = children_of(house.process.pid)
        os.kill(worker, signal.SIGKILL)
        until(lambda: children_of(house.process.pid) not in ([], [worker]))
        ask_for(house, "touch", tmp_path / "touched")
        until((tmp_path / "touched").exists)
        assert "started again" in house.log
    finally:
        house.stop()


def test_a_job_that_kills_its_worker_does_not_stop_the_others(house: PorchProcess, tmp_path: Path) -> None:
    ask_for(house, "kill_the_worker", tmp_path / "killed")
    ask_for(house, "touch", tmp_path / "touched")
    house.start()
    try:
        until((tmp_path / "touched").exists, 30)
        assert len((tmp_path / "killed").read_text()) >= 2, "tried again, and then made to wait"
    finally:
        house.stop()


@pytest.mark.skipif(bool(ON_POSTGRESQL), reason="PostgreSQL has no lock that stops all writers")
def test_a_database_that_stays_locked_does_not_end_the_worker(house: PorchProcess, tmp_path: Path) -> None:
    worker = work(house)
    with closing(sqlite3.connect(tmp_path / "data" / "porch.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        time.sleep(11)
        other.execute("ROLLBACK")
    try:
        assert worker.poll() is None
        ask_for(house, "touch", tmp_path / "touched")
        until((tmp_path / "touched").exists)
    finally:
        worker.terminate()
        worker.wait(5)
