"""What a dead worker held goes on: its jobs with another, and not for ever."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django_tasks_db.models import DBTaskResult

from porch.engine.jobs.holding import MOST_DEATHS, bury, claim, take_back_orphans
from porch.engine.jobs.models import JobRun, RoundState, Worker
from porch.engine.jobs.neighbours import STILL, Neighbours, beat, born, introduce, this_place
from tests.engine.jobs.chores import touch
from tests.engine.jobs.conftest import enroll
from tests.village import NOON

LATER = NOON + timedelta(days=400)


def held_by(worker: object) -> JobRun:
    touch.enqueue("/nowhere")
    held = claim(worker, at=LATER)  # type: ignore[arg-type]
    assert held is not None
    return JobRun.objects.get(job=held.job)


def test_a_dead_workers_job_is_ready_again_with_its_attempt_counted(db: None) -> None:
    worker = enroll()
    held_by(worker)
    RoundState.objects.create(round="promises", worker_id=worker)
    bury(Worker.objects.get(), at=LATER)
    run, job = JobRun.objects.get(), DBTaskResult.objects.get()
    assert (run.worker, run.attempts, run.deaths, job.status) == (None, 1, 1, "READY")
    assert "WorkerDied" in job.exception_class_path
    assert RoundState.objects.get().worker is None
    assert not Worker.objects.exists()


def test_a_worker_that_moved_in_the_meantime_is_not_buried(db: None) -> None:
    worker = enroll()
    held_by(worker)
    seen = Worker.objects.get()
    Worker.objects.update(beat=1)
    bury(seen, at=LATER)
    assert JobRun.objects.get().worker_id == worker


def test_a_job_that_kills_its_workers_is_given_up(db: None) -> None:
    touch.enqueue("/nowhere")
    at = LATER
    for _ in range(MOST_DEATHS):
        at += timedelta(hours=1)
        worker = enroll()
        assert claim(worker, at=at) is not None
        bury(Worker.objects.get(), at=at)
    job = DBTaskResult.objects.get()
    assert job.status == "FAILED"
    assert f"for the {MOST_DEATHS}. time" in job.traceback
    assert claim(enroll(), at=at + timedelta(days=1)) is None


def test_a_job_that_runs_without_anybody_is_taken_back(db: None) -> None:
    """As a worker of an earlier version left them."""
    touch.enqueue("/nowhere")
    DBTaskResult.objects.update(status="RUNNING", worker_ids=["somebody"])
    take_back_orphans(at=LATER)
    assert DBTaskResult.objects.get().status == "READY"
    assert claim(enroll(), at=LATER) is not None


def test_a_job_that_is_held_is_left_alone(db: None) -> None:
    held_by(enroll())
    take_back_orphans(at=LATER)
    assert DBTaskResult.objects.get().status == "RUNNING"


def test_a_neighbour_elsewhere_is_dead_after_so_many_beats_of_ours(db: None) -> None:
    neighbours = Neighbours(introduce())
    enroll()
    found = [neighbours.dead() for _ in range(STILL + 1)]
    assert found[:STILL] == [[]] * STILL
    assert len(found[STILL]) == 1


def test_a_neighbour_that_moves_lives(db: None) -> None:
    neighbours = Neighbours(introduce())
    enroll()
    for n in range(3 * STILL):
        Worker.objects.update(beat=n // 2)
        assert neighbours.dead() == []


@pytest.mark.skipif(not this_place(), reason="this system does not say which processes there are")
def test_a_neighbour_on_this_machine_is_seen_to_be_gone_at_once(db: None) -> None:
    neighbours = Neighbours(introduce())
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        alive = enroll(place=this_place(), process=process.pid, born=born(process.pid))
        another = enroll(place=this_place(), process=process.pid, born=1)
        assert [each.pk for each in neighbours.dead()] == [another], "the number has been given out again"
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)
        assert born(process.pid) is None, "dead, though its parent has not looked yet"
        assert {each.pk for each in neighbours.dead()} == {alive, another}


def test_a_worker_that_was_thought_dead_enrolls_again(db: None) -> None:
    me = introduce()
    beat(me, at=NOON)
    Worker.objects.all().delete()
    beat(me, at=NOON)
    beat(me, at=NOON)
    assert Worker.objects.get().beat == 1
