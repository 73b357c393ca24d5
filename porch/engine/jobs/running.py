"""Run a job that is in hand, and bring home how it went."""

import logging
import time
from typing import Any

from django.db import DataError, Error, connection
from django_tasks.base import TaskContext
from django_tasks.utils import normalize_json

from porch.engine.jobs.holding import Held, settle
from porch.engine.jobs.retries import GiveUp
from porch.kit.time import now

log = logging.getLogger("porch.worker")

AGAIN_SECONDS = 1.0


def run(held: Held) -> None:
    """Run a job to its end, good or bad, and settle it."""
    value: Any = None
    failure: BaseException | None = None
    try:
        value = normalize_json(call(held))
    except (Exception, SystemExit) as error:
        log.warning("job %s (%s) failed", held.job.pk, held.job.task_path, exc_info=error)
        failure = error
    bring_home(held, value, failure)


def call(held: Held) -> Any:
    """Call what a job is about with what it was enqueued with."""
    task = held.job.task
    result: Any = held.job.task_result
    if task.takes_context:
        return task.call(TaskContext(task_result=result), *result.args, **result.kwargs)
    return task.call(*result.args, **result.kwargs)


def bring_home(held: Held, value: Any, failure: BaseException | None) -> None:
    """Settle a job, however long the database does not let us: until then it is ours."""
    while True:
        try:
            settle(held, value, failure, at=now())
            return
        except DataError as error:
            # What it gave, or how it failed, cannot be kept: that is its failure.
            value, failure = None, GiveUp(f"the outcome cannot be kept: {type(error).__name__}")
        except Error as error:
            log.warning("job %s is done and cannot be written down just now: %s", held.job.pk, error)
            connection.close()
            time.sleep(AGAIN_SECONDS)
