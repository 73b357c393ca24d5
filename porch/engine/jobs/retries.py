"""What happens to a job that fails: when it is tried again, and when it is given up."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from django_tasks.base import Task

from porch.kit.refusals import Refusal

AnyTask = TypeVar("AnyTask", bound="Task[Any, Any]")
SPACING = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
)
# So that a hundred jobs that failed together do not come back together.
MOST_JITTER = 0.25
# Nobody declares a longer wait; a job that seems to have one was put off by a clock that has been set back since.
LONGEST = timedelta(days=2)


class GiveUp(Exception):
    """A job raises it, or a heir of it, when trying again cannot help."""


@dataclass(frozen=True, slots=True)
class Retry:
    """How long to wait after each failure, and after which exceptions not to. As many retries as waits."""

    spacing: tuple[timedelta, ...] = SPACING
    give_up_at: tuple[type[BaseException], ...] = ()

    def __post_init__(self) -> None:
        if any(not timedelta() <= each <= LONGEST for each in self.spacing):
            raise ValueError(f"a wait is between nothing and {LONGEST}")

    def wait_after(self, failures: int, error: BaseException) -> timedelta | None:
        """Say how long to wait after this many failures in all, the last with ``error``; None to give up."""
        # A refusal is an expected no, and stays one. Code that is not there will not come by waiting.
        if isinstance(error, (GiveUp, Refusal, ImportError, *self.give_up_at)):
            return None
        if failures > len(self.spacing):
            return None
        return self.spacing[failures - 1] * (1 + MOST_JITTER * random.random())  # noqa: S311 - no secret


ONCE = Retry(spacing=())
_declared: dict[str, Retry] = {}


def retried(retry: Retry) -> Callable[[AnyTask], AnyTask]:
    """Declare beside a task how it is retried; without a word it is the default of ``Retry``."""

    def declare(task: AnyTask) -> AnyTask:
        _declared[task.module_path] = retry
        return task

    return declare


def retry_of(path: str) -> Retry:
    """Find how the task at a path is retried. Its module has been loaded."""
    return _declared.get(path) or Retry()
