"""A real Porch for tests that need one: its own processes, data folder, port and database."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psycopg

from tests import blank
from tests.plugin import ON_POSTGRESQL

ROOT = Path(__file__).parent.parent
PORCH = [sys.executable, "-c", "from porch.web.cli import main; main()"]


@dataclass
class PorchProcess:
    """A running server. ``errors`` collects its log."""

    folder: Path
    port: int
    environ: dict[str, str]
    words: tuple[str, ...] = ()
    wrapped_in: tuple[str, ...] = ()
    process: "subprocess.Popen[bytes]" = field(init=False)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [*self.wrapped_in, *PORCH, "serve", *self.words],
            env=self.environ,
            cwd=self.folder,
            stderr=(self.folder / "log").open("ab"),
        )
        for _ in range(400):
            if self.process.poll() is not None:
                raise RuntimeError(f"Porch did not start:\n{self.log}")
            if answers(self.port):
                return
            time.sleep(0.05)
        raise RuntimeError(f"Porch does not answer:\n{self.log}")

    def stop(self, how: int = signal.SIGTERM) -> float:
        """Stop the server; give the seconds that it took."""
        begun = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(15)
        return time.monotonic() - begun

    def run(self, *words: str, check: bool = True) -> "subprocess.CompletedProcess[str]":
        """Run a porch command on the same data."""
        return subprocess.run(
            [*PORCH, *words],
            env=self.environ,
            cwd=self.folder,
            capture_output=True,
            text=True,
            check=check,
            timeout=60,
        )

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=10, trust_env=False)

    @contextmanager
    def sign_in(self, link: str = "") -> Iterator[httpx.Client]:
        """Give a client in which the owner is signed in, by this link or a new one."""
        link = link or json.loads(self.run("owner-link", "--json").stdout)["link"]
        with self.client() as client:
            client.get(link)
            answer = client.post(link, data={"csrfmiddlewaretoken": client.cookies["porch-csrf"]})
            assert answer.status_code == 302, answer.text
            yield client

    def send_raw(self, data: bytes, *, wait: float = 5.0) -> bytes:
        """Send bytes as they are and read until the server closes, or has been silent for a moment."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as sock:
            sock.sendall(data)
            got = b""
            try:
                while chunk := sock.recv(65536):
                    got += chunk
            except (TimeoutError, ConnectionResetError):
                pass
            return got


def children_of(process: int) -> list[int]:
    """List the processes that a process has started and that live."""
    try:
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(each) for each in text.split()]


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health", timeout=5, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def running_porch(
    *words: str, wrapped_in: tuple[str, ...] = (), is_new: bool = False, **settings: str
) -> Iterator[PorchProcess]:
    """Run ``porch serve`` with these words and PORCH_ settings until the block ends.

    Where ``is_new`` the server finds nothing at all, as on the first day.
    """
    with (
        tempfile.TemporaryDirectory(prefix="porch-server-") as name,
        fresh_database() if is_new else blank_database() as database,
    ):
        server = (house_for if is_new else blank_house)(Path(name), database, **settings)
        server.words, server.wrapped_in = words, wrapped_in
        server.start()
        try:
            yield server
        finally:
            server.stop()


def house_for(folder: Path, database: str, **settings: str) -> PorchProcess:
    """Furnish a Porch in a folder, with a port of its own. Nothing runs yet."""
    port = int(settings.get("bind", "").rpartition(":")[2] or free_port())
    environ = {key: value for key, value in os.environ.items() if not key.startswith("PORCH_")}
    environ.setdefault("PYTHONPATH", str(ROOT))
    environ |= {"PORCH_DATA": f"{folder}/data", "PORCH_URL": f"http://localhost:{port}", "PORCH_LOG": "json"}
    environ |= {f"PORCH_{key.upper()}": value for key, value in settings.items()}
    if database:
        environ["PORCH_DATABASE"] = database
    return PorchProcess(folder, port, environ)


def blank_house(folder: Path, database: str, **settings: str) -> PorchProcess:
    """Furnish a Porch as ``house_for`` does, with a database that has today's schema and nothing in it."""
    blank.copy_into(folder / "data")
    return house_for(folder, database, **settings)


@contextmanager
def blank_database() -> Iterator[str]:
    """Make a database on the PostgreSQL of this run that has today's schema and nothing in it."""
    with fresh_database(like=blank.NAME) as database:
        yield database


@contextmanager
def fresh_database(*, like: str = "template1") -> Iterator[str]:
    """Make an empty database on the PostgreSQL of this run; nothing on SQLite, whose file comes by itself."""
    if not ON_POSTGRESQL:
        yield ""
        return
    name = f"server_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(ON_POSTGRESQL, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        yield ON_POSTGRESQL.replace("/postgres?", f"/{name}?")
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
