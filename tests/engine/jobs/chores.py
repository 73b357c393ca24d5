"""Jobs for the worker's tests. Each leaves a file behind, so that another process can see that it ran."""

import time
from pathlib import Path

from django_tasks import task


@task()
def touch(path: str) -> None:
    Path(path).touch()


@task()
def stumble(path: str) -> None:
    Path(path).touch()
    raise ValueError("on purpose")


@task()
def take_a_while(path: str) -> None:
    """Leave a file at the beginning, and another at the end."""
    Path(path + ".begun").touch()
    time.sleep(1)
    Path(path + ".done").touch()
