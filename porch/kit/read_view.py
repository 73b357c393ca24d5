"""One view of the database for a long read: whatever is written meanwhile does not show in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def read_view() -> Iterator[None]:
    """Read everything in the block as it was at its beginning, and keep nobody from writing. Write nothing in it.

    Call it outside of every transaction; inside of one, that one's view is what is read.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with _unlocked():
            yield


@contextmanager
def _unlocked() -> Iterator[None]:
    """Begin without the lock of the one writer, which SQLite's transactions take here by default."""
    connection.ensure_connection()
    usual = connection.transaction_mode  # type: ignore[attr-defined]
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            # The lock is chosen by now; the view begins with the first read.
            connection.transaction_mode = usual  # type: ignore[attr-defined]
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM sqlite_master")
                cursor.fetchone()
            yield
    finally:
        connection.transaction_mode = usual  # type: ignore[attr-defined]
