"""Where this installation keeps files: the one place that will choose between stores."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from porch.engine.files.store import LocalStore, Store


def store() -> Store:
    """Give the store."""
    return LocalStore(Path(settings.MEDIA_ROOT))


def drafts() -> Path:
    """Give the folder for files under way; it is on the same disk as the store."""
    return Path(settings.FILE_UPLOAD_TEMP_DIR)


@contextmanager
def kept_still(*, is_reader: bool) -> Iterator[bool]:
    """Hold the store as it is while it is read, or have it to oneself to remove from; yield whether that is so.

    Readers are many and wait for a removal to end. Who removes does not wait. The dead hold nothing.
    """
    handle = os.open(
        Path(settings.MEDIA_ROOT).parent / "files.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600
    )
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH if is_reader else fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)
