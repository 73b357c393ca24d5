"""A disk that is full, or that may only be read: a clear page, a clear line in the log, and nothing corrupt.

The disk is a real and very small one, mounted for one server in a name space of its own.
"""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from django.db import connection
from django.test import Client

from porch.audience.articles.models import Article
from tests.disks import inside, on_disk
from tests.plugin import ON_POSTGRESQL
from tests.porch_server import PorchProcess, running_porch
from tests.village import Village

ON_SQLITE = pytest.mark.skipif(bool(ON_POSTGRESQL), reason="PostgreSQL keeps its own disk")


@contextmanager
def on_a_small_disk() -> Iterator[tuple[PorchProcess, httpx.Client]]:
    with running_porch("--owner-link", wrapped_in=on_disk("size=12m")) as server:
        link = re.search(r"http://\S+/sign-in/link/\S+", server.log)
        assert link is not None
        with server.sign_in(link[0]) as owner:
            yield server, owner


def publish(owner: httpx.Client, title: str, size: int) -> httpx.Response:
    owner.get("/desk/articles/new/")
    form = {
        "title": title,
        "source": "word " * (size // 5),
        "csrfmiddlewaretoken": owner.cookies["porch-csrf"],
    }
    return owner.post("/desk/articles/new/", data=form)


@ON_SQLITE
@pytest.mark.slow
def test_a_full_disk_gives_a_clear_page_and_loses_nothing_that_was_said_to_be_kept() -> None:
    with on_a_small_disk() as (server, owner):
        kept = 0
        while (answer := publish(owner, f"Piece {kept}", 90_000)).status_code == 302:
            kept += 1
            assert kept < 200, "the disk never filled"
        assert answer.status_code == 507
        assert "cannot write to its disk" in answer.text
        assert "the disk will not write" in server.log

        with server.client() as stranger:
            assert stranger.get("/health").status_code == 200, "what needs no disk goes on"

        data = server.environ["PORCH_DATA"]
        inside(server.process.pid, "mount", "-o", "remount,size=32m", data)
        assert publish(owner, "Room again", 100).status_code == 302
        look = (
            f"import sqlite3; db = sqlite3.connect('{data}/porch.sqlite3'); "
            "print(db.execute('PRAGMA integrity_check').fetchone()[0],"
            " db.execute('SELECT COUNT(*) FROM audience_article').fetchone()[0],"
            " db.execute('SELECT COUNT(*) FROM engine_audience_fact').fetchone()[0])"
        )
        assert inside(server.process.pid, sys.executable, "-c", look) == f"ok {kept + 1} {kept + 1}"


@ON_SQLITE
@pytest.mark.slow
def test_an_upload_that_fills_the_disk_is_refused_and_leaves_nothing_behind() -> None:
    with on_a_small_disk() as (server, owner):
        answer = owner.post("/desk/articles/new/", content=b"x" * 14_000_000)
        assert answer.status_code == 507
        assert "an upload could not be written" in server.log
        assert publish(owner, "Still here", 100).status_code == 302


@ON_SQLITE
@pytest.mark.usefixtures("village")
@pytest.mark.parametrize("pragma", ["max_page_count = 1", "query_only = ON"], ids=["full", "read-only"])
def test_a_disk_that_takes_no_more_gives_a_clear_page_and_log_line(
    pragma: str, ada: Client, village: Village, caplog: pytest.LogCaptureFixture
) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {pragma}")
    try:
        answer = ada.post("/desk/articles/new/", {"title": "Hello", "source": "word " * 15_000})
    finally:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = OFF")
            cursor.execute("PRAGMA max_page_count = 4294967294")
    assert answer.status_code == 507
    assert "cannot write to its disk" in answer.text
    assert "the disk will not write" in caplog.text
    assert not Article.objects.filter(title="Hello").exists()
