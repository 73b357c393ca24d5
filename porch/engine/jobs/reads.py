"""What the desk shows of jobs, of recurring work and of rounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count
from django_tasks_db.models import DBTaskResult, get_date_max

from porch.engine.jobs.models import JobRun, Recurrence, RoundState, Worker
from porch.engine.jobs.recurring import Recurring
from porch.engine.jobs.rounds import Round
from porch.kit.paging import page_of

State = Literal["READY", "RUNNING", "FAILED", "SUCCESSFUL"]
PAGE = 25


@dataclass(frozen=True, slots=True)
class SeenJob:
    """A job as it is shown. ``waits_until`` only where it may not begin yet; ``error`` is the last, in one line."""

    id: UUID
    name: str
    path: str
    state: State
    enqueued_at: datetime
    started_at: datetime | None
    finished_at: datetime | None
    waits_until: datetime | None
    worker: str
    attempts: int
    deaths: int
    error: str
    trace: str
    words: str


def see_jobs(state: State | None, *, page: int) -> tuple[list[SeenJob], bool]:
    """Give a page of jobs, newest first, and whether there are older ones. Pages count from 1."""
    jobs = DBTaskResult.objects.order_by("-enqueued_at", "pk")
    if state is not None:
        jobs = jobs.filter(status=state)
    found, has_more = page_of(jobs, page, PAGE)
    return as_seen(found), has_more


def see_job(job_id: UUID) -> SeenJob | None:
    """Give one job, if it is there."""
    return next(iter(as_seen(list(DBTaskResult.objects.filter(pk=job_id)))), None)


def as_seen(jobs: "Sequence[DBTaskResult[Any, Any]]") -> list[SeenJob]:
    """Add to jobs what we know of them ourselves."""
    runs = {each.job_id: each for each in JobRun.objects.filter(job__in=jobs).select_related("worker")}
    return [seen(each, runs.get(each.pk)) for each in jobs]


def seen(job: "DBTaskResult[Any, Any]", run: JobRun | None) -> SeenJob:
    """Write a job as it is shown."""
    lines = job.traceback.strip().splitlines()
    given = [*map(repr, job.args_kwargs["args"])]
    given += [f"{key}={value!r}" for key, value in job.args_kwargs["kwargs"].items()]
    return SeenJob(
        id=job.pk,
        name=job.task_path.rpartition(".")[2].replace("_", " "),
        path=job.task_path,
        state=job.status,
        enqueued_at=job.enqueued_at,
        started_at=job.started_at,
        finished_at=job.finished_at,
        waits_until=None if job.run_after == get_date_max() else job.run_after,
        worker=str(run.worker) if run and run.worker else "",
        attempts=run.attempts if run else len(job.worker_ids),
        deaths=run.deaths if run else 0,
        error=lines[-1][:300] if lines else "",
        trace=job.traceback,
        words=", ".join(given),
    )


def count_jobs() -> dict[str, int]:
    """Count the jobs of each state."""
    counted = DBTaskResult.objects.order_by().values("status").annotate(n=Count("pk"))
    return {each["status"]: each["n"] for each in counted}


def failed_jobs() -> int:
    """Count the jobs that were given up."""
    return DBTaskResult.objects.filter(status="FAILED").count()


def see_workers() -> list[Worker]:
    """Give the workers that are enrolled, oldest first."""
    return list(Worker.objects.order_by("begun_at"))


def see_recurring(recurring: Sequence[Recurring]) -> list[tuple[Recurring, Recurrence | None]]:
    """Give the recurring work with its times, where a worker has taken it up."""
    rows = {each.work: each for each in Recurrence.objects.all()}
    return [(each, rows.get(each.name)) for each in recurring]


def see_rounds(rounds: Sequence[Round]) -> list[tuple[Round, RoundState | None]]:
    """Give the rounds with how they went, where a worker has gone them."""
    rows = {each.round: each for each in RoundState.objects.all()}
    return [(each, rows.get(each.name)) for each in rounds]
