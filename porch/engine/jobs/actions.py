"""What an operator does with jobs: have one tried again, or all that failed, or drop one."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.engine.jobs.acts import DROPPED, RETRIED
from porch.engine.jobs.facts import JobDropped, JobsRetried
from porch.engine.jobs.models import JobRun
from porch.kit.refusals import Conflict, NotFound

Job = DBTaskResult
READY, RUNNING, FAILED = TaskResultStatus.READY, TaskResultStatus.RUNNING, TaskResultStatus.FAILED


class JobIsUnderWay(Conflict):
    text = _("This job is running just now.")
    hint = _("Wait until it has ended. Stopping the worker ends it too: then it is taken up again.")


class JobIsDone(Conflict):
    text = _("This job has been done.")
    hint = _("There is nothing left to try.")


@transaction.atomic
def retry_job(*, job_id: UUID, by_id: int, at: datetime) -> None:
    """Have a job that failed, or that waits for another attempt, tried now, with all its attempts before it."""
    job = find(job_id)
    if job.status not in (READY, FAILED):
        raise JobIsDone
    start_anew(Job.objects.filter(pk=job.pk))
    record(RETRIED, by_id=by_id, at=at)
    note(JobsRetried(jobs=1, by_person_id=by_id, at=at))


@transaction.atomic
def retry_failed_jobs(*, by_id: int, at: datetime) -> int:
    """Have all jobs that failed tried again; give their number."""
    failed = Job.objects.filter(status=FAILED)
    count = start_anew(failed)
    if count:
        record(RETRIED, by_id=by_id, at=at)
        note(JobsRetried(jobs=count, by_person_id=by_id, at=at))
    return count


@transaction.atomic
def drop_job(*, job_id: UUID, by_id: int, at: datetime) -> None:
    """Forget a job that waits or has failed: it will not be done."""
    job = find(job_id)
    if job.status not in (READY, FAILED):
        raise JobIsDone
    job.delete()
    record(DROPPED, by_id=by_id, at=at)
    note(JobDropped(by_person_id=by_id, at=at))


def find(job_id: UUID) -> "DBTaskResult[Any, Any]":
    """Find a job that nobody is running, and lock it."""
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None:
        raise NotFound
    if job.status == RUNNING:
        raise JobIsUnderWay
    return job


def start_anew(jobs: "QuerySet[DBTaskResult[Any, Any]]") -> int:
    """Make jobs ready now, as if none had been tried; give their number."""
    JobRun.objects.filter(job__in=jobs.order_by().values("pk")).update(attempts=0, deaths=0)
    return jobs.update(status=READY, run_after=get_date_max(), finished_at=None)
