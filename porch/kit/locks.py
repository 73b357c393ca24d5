"""Taking turns: a lock by name that lasts to the end of the transaction."""

import zlib

from django.db import connection


def take_turns(name: str) -> None:
    """Wait until no other transaction holds this name; call it inside one.

    SQLite has one writer at a time anyway; PostgreSQL is asked for an advisory lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(name.encode())])
