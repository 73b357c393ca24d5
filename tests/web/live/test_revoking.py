"""A line is hung up on when its leave is gone, in this server and in another one on the same database."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.plugin import ON_POSTGRESQL
from tests.porch_server import PorchProcess, free_port, running_porch
from tests.web.server.test_front import admit

GENEROUS = 5.0
NO_SESSION = "DELETE FROM people_session"
SHUT_OUT = "UPDATE people_person SET is_active = {no} WHERE id = (SELECT MIN(id) FROM people_person)"
NO_MEMBER = "DELETE FROM community_member WHERE person_id = (SELECT MIN(id) FROM people_person)"


@pytest.fixture(scope="module")
def two_servers() -> Iterator[tuple[PorchProcess, PorchProcess]]:
    """Two servers on one database, the second without a worker."""
    with running_porch("--no-worker") as first:
        port = free_port()
        # One name for both, as behind a proxy that shares out requests: they are told by their ports alone.
        second = PorchProcess(
            first.folder / "second",
            port,
            first.environ | {"PORCH_BIND": f"127.0.0.1:{port}"},
            ("--no-worker",),
        )
        second.folder.mkdir()
        second.start()
        try:
            yield first, second
        finally:
            second.stop()


@contextmanager
def listening(server: PorchProcess, name: str, cookie: str) -> Iterator[Iterator[str]]:
    """Open a line, and give what it says, line by line."""
    headers = {"Host": name, "Cookie": f"porch={cookie}"}
    with (
        httpx.Client(
            base_url=f"http://127.0.0.1:{server.port}", timeout=GENEROUS + 5, trust_env=False
        ) as client,
        client.stream("GET", "/live/", headers=headers) as stream,
    ):
        lines = stream.iter_lines()
        assert next(lines).startswith("retry")
        yield lines


def ask(server: PorchProcess, name: str, cookie: str) -> int:
    headers = {"Host": name, "Cookie": f"porch={cookie}"}
    return httpx.get(f"http://127.0.0.1:{server.port}/inside/", headers=headers, trust_env=False).status_code


def sign_out(client: httpx.Client) -> None:
    client.get("/inside/")
    token = httpx.Cookies(client.cookies)["porch-csrf"]
    assert client.post("/sign-out/", data={"csrfmiddlewaretoken": token}).status_code == 302


@pytest.mark.parametrize("how", ["signing out", "the command line", "another session"])
def test_an_end_is_heard_in_every_server(how: str, two_servers: tuple[PorchProcess, PorchProcess]) -> None:
    first, second = two_servers
    name = f"localhost:{first.port}"
    with first.sign_in() as owner, first.sign_in() as elsewhere:
        cookie = owner.cookies["porch"]
        assert [ask(each, name, cookie) for each in two_servers] == [200, 200]
        with listening(first, name, cookie) as here, listening(second, name, cookie) as there:
            if how == "signing out":
                sign_out(owner)
            elif how == "another session":
                token = elsewhere.get("/account/sessions/") and elsewhere.cookies["porch-csrf"]
                form = {"which": "others", "csrfmiddlewaretoken": token}
                assert elsewhere.post("/account/sessions/endings/", data=form).status_code == 302
            else:
                assert first.run("sessions", "end", "--all").stdout.startswith("Ended ")
            begun = time.monotonic()
            for lines in (here, there):
                assert "event: over" in lines
            assert time.monotonic() - begun < GENEROUS
        assert [ask(each, name, cookie) for each in two_servers] == [302, 302]
        is_everyone = how == "the command line"
        assert ask(second, name, elsewhere.cookies["porch"]) == (302 if is_everyone else 200)


@pytest.mark.parametrize(
    "sql", ["DELETE FROM people_session", SHUT_OUT, NO_MEMBER], ids=["gone", "shut out", "no member"]
)
def test_what_no_fact_tells_is_seen_all_the_same(
    sql: str, two_servers: tuple[PorchProcess, PorchProcess]
) -> None:
    first, second = two_servers
    name = f"localhost:{first.port}"
    with first.sign_in() as owner:
        cookie = owner.cookies["porch"]
        with listening(first, name, cookie) as here, listening(second, name, cookie) as there:
            execute(first, sql.format(no="FALSE"))
            begun = time.monotonic()
            for lines in (here, there):
                assert "event: over" in lines
            assert time.monotonic() - begun < GENEROUS
        assert ask(second, name, cookie) in (302, 404)
    execute(first, SHUT_OUT.format(no="TRUE"))


def execute(server: PorchProcess, sql: str) -> None:
    """Change the database past everything that Porch knows."""
    if ON_POSTGRESQL:
        with psycopg.connect(server.environ["PORCH_DATABASE"]) as postgresql:
            postgresql.execute(sql)
        return
    with sqlite3.connect(Path(server.environ["PORCH_DATA"]) / "porch.sqlite3", timeout=10) as sqlite:
        sqlite.execute(sql)
    sqlite.close()


def test_others_lines_stay_open(two_servers: tuple[PorchProcess, PorchProcess]) -> None:
    first, second = two_servers
    name = f"localhost:{first.port}"
    with (
        first.sign_in() as owner,
        first.sign_in() as other,
        listening(second, name, other.cookies["porch"]) as lines,
    ):
        sign_out(owner)
        time.sleep(1.2)
        admit(first)
        assert "event: member-joined" in lines
        sign_out(other)
        assert "event: over" in lines
