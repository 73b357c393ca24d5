"""Files under way: they have a name that nobody reads until they are whole, and do not outlive who writes them."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

BEGIN, END = ".porch-", ".draft"
# What SQLite may leave beside a database that is being written.
BESIDE = ("", "-wal", "-shm", "-journal")


@contextmanager
def draft(folder: Path) -> Iterator[Path]:
    """Give the path of a new empty file. It is gone in the end, unless it was renamed to what it shall be."""
    sweep(folder)
    handle, path = make(folder)
    try:
        yield path
    finally:
        remove(path)
        os.close(handle)


def make(folder: Path) -> tuple[int, Path]:
    while True:
        handle, name = tempfile.mkstemp(prefix=BEGIN, suffix=END, dir=folder)
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.path.exists(name):  # nobody swept it before it was locked
            return handle, Path(name)
        os.close(handle)


def sweep(folder: Path) -> None:
    """Remove what a writer left that was killed: nobody holds its lock any more."""
    for path in folder.glob(f"{BEGIN}*{END}"):
        try:
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                remove(path)
        except OSError:
            continue


def remove(path: Path) -> None:
    for suffix in BESIDE:
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def settle(path: Path, name: Path) -> None:
    """Give a draft that is whole its name, and have the folder remember it."""
    os.replace(path, name)
    sync_folder(name.parent)


def sync_folder(folder: Path) -> None:
    """Have the disk remember the names in a folder."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
