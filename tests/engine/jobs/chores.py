"""Jobs for the worker's tests. Each leaves a file behind, so that another process can see that it ran."""

import os
import signal
import time
from datetime import timedelta
from pathlib import Path

from django_tasks import TaskContext, task

from porch.engine.jobs.retries import GiveUp, Retry, retried


@task()
def touch(path: str) -> None:
    Path(path).touch()


@task()
def stumble(path: str) -> None:
    Path(path).touch()
    raise ValueError("on purpose")


@task()
def take_long(path: str) -> None:
    Path(path + ".begun").touch()
    time.sleep(30)
    Path(path + ".done").touch()


@task()
def take_a_while(path: str) -> None:
    """Leave a file at the beginning, and another at the end."""
    Path(path + ".begun").touch()
    time.sleep(1)
    Path(path + ".done").touch()


@task()
def kill_the_worker(path: str) -> None:
    """Count the attempts in a file, and take the worker down."""
    with Path(path).open("a") as file:
        file.write("x")
    os.kill(os.getpid(), signal.SIGKILL)


@retried(Retry(spacing=(timedelta(minutes=1), timedelta(hours=1)), give_up_at=(KeyError,)))
@task()
def fail_with(name: str) -> None:
    """Fail in one of several ways."""
    raise {"value": ValueError, "key": KeyError, "up": GiveUp, "exit": SystemExit}[name]("nul \x00")


@task()
def give(what: str) -> str | object:
    """Give something that can be kept, or cannot."""
    return {"text": "a text", "nul": "\x00", "thing": object()}[what]


@task(takes_context=True)
def say_attempt(context: TaskContext) -> int:
    return context.attempt
