"""A job between ready and done: claimed, settled, or taken back from a worker that died. Each is one transaction."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from porch.engine.jobs.models import JobRun, Worker
from porch.engine.jobs.retries import retry_of
from porch.kit.traces import trace_of

log = logging.getLogger("porch.worker")

# A job whose worker died is tried again after so long; once more than there are waits, it is a job that kills.
WAITS_AFTER_DEATH = (timedelta(0), timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2))
MOST_DEATHS = len(WAITS_AFTER_DEATH) + 1
# Jobs for which somebody waits are never behind one that takes long: a worker keeps a hand free for them.
LOWEST, PROMPT = -100, 50


class WorkerDied(Exception):
    """The worker ended while it ran the job: killed, out of memory, or with its machine."""


@dataclass(frozen=True, slots=True)
class Held:
    """A job in hand, with the number of its attempts, this one included."""

    job: "DBTaskResult[Any, Any]"
    worker: UUID
    attempts: int


def ready(at: datetime, *, least: int = LOWEST) -> "QuerySet[DBTaskResult[Any, Any]]":
    """Give the jobs that may begin, of at least a priority."""
    is_time = Q(run_after=get_date_max()) | Q(run_after__lte=at)
    return DBTaskResult.objects.filter(is_time, status=TaskResultStatus.READY, priority__gte=least)


@transaction.atomic
def claim(worker: UUID, *, at: datetime, least: int = LOWEST) -> Held | None:
    """Take the next job in hand, so that no other worker does."""
    job = ready(at, least=least).select_for_update(skip_locked=True).first()
    if job is None:
        return None
    DBTaskResult.objects.filter(pk=job.pk).update(
        status=TaskResultStatus.RUNNING, started_at=at, worker_ids=[*job.worker_ids, str(worker)][-20:]
    )
    run, _ = JobRun.objects.get_or_create(job=job)
    run.worker_id, run.attempts = worker, run.attempts + 1
    run.save(update_fields=["worker", "attempts"])
    job.refresh_from_db()
    return Held(job, worker, run.attempts)


@transaction.atomic
def settle(held: Held, value: Any, error: BaseException | None, *, at: datetime) -> bool:
    """Write down how a job went. False where it had been taken from us meanwhile: then another's word counts."""
    run = JobRun.objects.select_for_update().filter(job=held.job, worker_id=held.worker).first()
    if run is None:
        log.warning("job %s was taken up by another worker meanwhile", held.job.pk)
        return False
    if error is None:
        change(held.job, status=TaskResultStatus.SUCCESSFUL, finished_at=at, return_value=value)
    else:
        wait = retry_of(held.job.task_path).wait_after(run.attempts - run.deaths, error)
        put_back(held.job, error, wait, at)
    JobRun.objects.filter(pk=run.pk).update(worker=None)
    return True


@transaction.atomic
def bury(dead: Worker, *, at: datetime) -> None:
    """Take from a dead worker what it held: its jobs go back, its rounds are free."""
    worker = Worker.objects.select_for_update().filter(pk=dead.pk, beat=dead.beat).first()
    if worker is None:
        return  # buried by another, or alive after all
    for run in JobRun.objects.select_for_update(of=("self",)).filter(worker=worker).select_related("job"):
        take_back(run, f"{worker} ended while it ran this", at)
    worker.delete()


def take_back_orphans(*, at: datetime) -> None:
    """Take back jobs that are said to run and that nobody holds."""
    held = JobRun.objects.filter(worker__isnull=False).values("job_id")
    running = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING).exclude(pk__in=held).order_by()
    for job in running:
        take_back_orphan(job, at=at)


@transaction.atomic
def take_back_orphan(job: "DBTaskResult[Any, Any]", *, at: datetime) -> None:
    """Take back a job that was seen to run without anybody, unless somebody holds it by now, or it has ended."""
    running = DBTaskResult.objects.select_for_update().filter(pk=job.pk, status=TaskResultStatus.RUNNING)
    if running.first() is None:
        return
    run, _ = JobRun.objects.select_for_update().get_or_create(job=job, defaults={"attempts": 1})
    if run.worker_id is None:
        run.job = job
        take_back(run, "its worker left no trace", at)


def take_back(run: JobRun, how: str, at: datetime) -> None:
    """Make a job ready again after its worker died, or fail it where that keeps happening."""
    deaths = min(run.deaths + 1, run.attempts)
    error: WorkerDied = WorkerDied(f"{how} (for the {deaths}. time)")
    log.warning("job %s (%s) is taken back: %s", run.job_id, run.job.task_path, error)
    put_back(run.job, error, None if deaths >= MOST_DEATHS else WAITS_AFTER_DEATH[deaths - 1], at)
    JobRun.objects.filter(pk=run.pk).update(worker=None, deaths=deaths)


def put_back(
    job: "DBTaskResult[Any, Any]", error: BaseException, wait: timedelta | None, at: datetime
) -> None:
    """Keep the error, and make the job ready after a wait, or call it failed where there is none."""
    kept = {
        "exception_class_path": f"{type(error).__module__}.{type(error).__qualname__}",
        "traceback": trace_of(error),
    }
    if wait is None:
        change(job, status=TaskResultStatus.FAILED, finished_at=at, return_value=None, **kept)
    else:
        change(job, status=TaskResultStatus.READY, run_after=at + wait if wait else get_date_max(), **kept)


def change(job: "DBTaskResult[Any, Any]", **columns: Any) -> None:
    """Change a job's row, leaving no error behind where there was none this time."""
    columns = {"exception_class_path": "", "traceback": "", **columns}
    DBTaskResult.objects.filter(pk=job.pk).update(**columns)


def call_back(*, later_than: datetime) -> int:
    """Let jobs run at once that wait for another attempt until later than that; give their number."""
    tried = JobRun.objects.filter(attempts__gt=0).values("job_id")
    late = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, run_after__gt=later_than, run_after__lt=get_date_max()
    )
    return late.filter(pk__in=tried).update(run_after=get_date_max())
