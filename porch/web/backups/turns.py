"""Who is in a data folder: servers and workers together, an upgrade alone. The dead hold no lock."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LIVED_IN = "running.lock"
UPGRADE = "upgrade.lock"
LOOK_SECONDS = 0.1


class Occupied(Exception):
    """Somebody else is in the folder, and stays."""


def stay(folder: Path) -> None:
    """Say that this process, and those that it forks, work in a folder, for as long as one of them lives."""
    handle = os.open(folder / LIVED_IN, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(handle, fcntl.LOCK_SH)


def is_lived_in(folder: Path) -> bool:
    """Say whether a server or a worker runs in a folder."""
    if not (folder / LIVED_IN).exists():
        return False
    try:
        with alone(folder, LIVED_IN, seconds=0):
            return False
    except Occupied:
        return True


@contextmanager
def alone(folder: Path, name: str, *, seconds: float) -> Iterator[None]:
    """Have a folder to oneself. Waits so long for others to leave, then raises Occupied."""
    handle = os.open(folder / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        end = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= end:
                    raise Occupied from None
                time.sleep(LOOK_SECONDS)
        yield
    finally:
        os.close(handle)
