"""A database with today's schema and nothing in it, kept once for a run and copied for each server of a test.

To take all the steps of an upgrade costs a server more than most tests do. Those who test the first start begin with
nothing all the same.
"""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import psycopg
from django.db import connection

from tests.plugin import DATA, ON_POSTGRESQL

FILE = DATA / "blank.sqlite3"
NAME = f"blank_{os.getpid()}"


def keep() -> None:
    """Keep the database of the tests as it is before the first of them."""
    if ON_POSTGRESQL:
        tests_own = connection.settings_dict["NAME"]
        # Nobody may be connected to what is copied.
        connection.close()
        with psycopg.connect(ON_POSTGRESQL, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{NAME}" TEMPLATE "{tests_own}"')
        return
    connection.ensure_connection()
    with closing(sqlite3.connect(FILE)) as copy:
        connection.connection.backup(copy)
        copy.execute("PRAGMA journal_mode = WAL")


def copy_into(folder: Path) -> None:
    """Put it into the data folder of a server, on SQLite."""
    if not ON_POSTGRESQL:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        (folder / "porch.sqlite3").write_bytes(FILE.read_bytes())
