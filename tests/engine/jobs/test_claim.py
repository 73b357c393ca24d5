"""A job is claimed by one worker, run, and settled."""

import threading
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from porch.engine.jobs.holding import Held, claim, settle
from porch.engine.jobs.models import JobRun
from porch.engine.jobs.running import run
from porch.kit.traces import trace_of
from tests.engine.jobs.chores import fail_with, give, say_attempt, stumble, touch
from tests.engine.jobs.conftest import enroll
from tests.village import NOON

LATER = NOON + timedelta(days=400)


def do(worker: UUID | None = None) -> DBTaskResult:
    """Claim the next job, run it, and give it as it is then."""
    held = claim(worker or enroll(), at=LATER)
    assert held is not None
    run(held)
    return DBTaskResult.objects.get(pk=held.job.pk)


def test_a_job_is_done_once(db: None, tmp_path: Path) -> None:
    touch.enqueue(str(tmp_path / "touched"))
    assert do().status == "SUCCESSFUL"
    assert (tmp_path / "touched").exists()
    assert claim(enroll(), at=LATER) is None
    assert JobRun.objects.get().worker is None


def test_where_nothing_waits_there_is_nothing_to_claim(db: None) -> None:
    assert claim(enroll(), at=LATER) is None


def test_a_job_that_is_put_off_is_not_claimed_before(db: None) -> None:
    touch.using(run_after=LATER).enqueue("/nowhere")
    assert claim(enroll(), at=LATER - timedelta(seconds=1)) is None
    assert claim(enroll(), at=LATER) is not None


@pytest.mark.django_db(transaction=True)
def test_a_job_is_committed_with_its_verb_or_not_at_all() -> None:
    with transaction.atomic():
        touch.enqueue("/kept")
    with transaction.atomic():
        touch.enqueue("/rolled/back")
        transaction.set_rollback(True)
    assert [each.args_kwargs["args"] for each in DBTaskResult.objects.all()] == [["/kept"]]


@pytest.mark.django_db(transaction=True)
def test_of_workers_that_race_for_jobs_each_job_goes_to_one() -> None:
    for n in range(10):
        touch.enqueue(f"/{n}")
    workers = [enroll() for _ in range(4)]
    claimed: list[Held] = []
    start = threading.Barrier(4)

    def race(worker: UUID) -> None:
        start.wait()
        while held := claim(worker, at=LATER):
            claimed.append(held)
        connection.close()

    threads = [threading.Thread(target=race, args=(each,)) for each in workers]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    # On PostgreSQL a racer may leave early, having seen only locked rows.
    while held := claim(workers[0], at=LATER):
        claimed.append(held)
    assert len(claimed) == 10
    assert len({each.job.pk for each in claimed}) == 10


def test_a_failure_is_kept_and_tried_again_later(db: None, tmp_path: Path) -> None:
    stumble.enqueue(str(tmp_path / "stumbled"))
    job = do()
    assert (job.status, job.exception_class_path) == ("READY", "builtins.ValueError")
    assert "on purpose" in job.traceback
    assert job.run_after > job.enqueued_at
    assert JobRun.objects.get().attempts == 1


def test_success_forgets_the_error_before(db: None, tmp_path: Path) -> None:
    touch.enqueue(str(tmp_path / "missing" / "touched"))
    assert "FileNotFoundError" in do().exception_class_path
    (tmp_path / "missing").mkdir()
    job = do()
    assert (job.status, job.traceback) == ("SUCCESSFUL", "")


@pytest.mark.parametrize("way", ["key", "up"])
def test_some_errors_are_given_up_at_once(db: None, way: str) -> None:
    fail_with.enqueue(way)
    assert do().status == "FAILED"


def test_a_job_is_given_up_after_its_last_wait(db: None) -> None:
    fail_with.enqueue("value")
    assert [do().status for _ in range(3)] == ["READY", "READY", "FAILED"]


def test_a_job_that_wants_to_exit_has_failed_and_the_worker_goes_on(db: None) -> None:
    fail_with.enqueue("exit")
    assert do().status == "READY"


def test_an_error_with_odd_characters_can_be_kept(db: None) -> None:
    fail_with.enqueue("value")
    assert "nul" in do().traceback
    assert "odd ?" in trace_of(ValueError("odd \ud800"))


def test_a_task_that_is_no_longer_there_fails_and_says_so(db: None) -> None:
    touch.enqueue("/nowhere")
    DBTaskResult.objects.update(task_path="tests.engine.jobs.chores.gone")
    job = do()
    assert job.status == "FAILED"
    assert "gone" in job.traceback


def test_what_a_job_gives_is_kept(db: None) -> None:
    give.enqueue("text")
    assert do().return_value == "a text"


def test_a_job_that_gives_what_cannot_be_written_down_fails(db: None) -> None:
    give.enqueue("thing")
    assert "TypeError" in do().exception_class_path


@pytest.mark.django_db(transaction=True)
def test_a_value_that_the_database_will_not_have_leaves_no_job_behind() -> None:
    give.enqueue("nul")
    assert do().status in ("SUCCESSFUL", "FAILED")
    assert JobRun.objects.get().worker is None


def test_a_job_may_ask_for_its_attempt(db: None) -> None:
    say_attempt.enqueue()
    assert do().return_value == 1


def test_the_word_of_a_worker_that_lost_its_job_does_not_count(db: None) -> None:
    touch.enqueue("/nowhere")
    held = claim(enroll(), at=LATER)
    assert held is not None
    JobRun.objects.update(worker=enroll())
    assert not settle(held, None, None, at=LATER)
    assert DBTaskResult.objects.get().status == "RUNNING"
