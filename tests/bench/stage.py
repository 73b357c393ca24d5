"""The two servers, each in processes of its own, on copies of the same data."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.bench.load import BROWSER, Order
from tests.porch_server import PORCH, free_port

ROOT = Path(__file__).parent.parent.parent
# Porch with one address more, at which somebody joins: see live_porch.
PORCH_LIVE = [sys.executable, "-m", "tests.bench.live_porch"]
REFERENCE = [
    *(
        sys.executable,
        "-m",
        "uvicorn",
        "tests.bench.reference.app:app",
        "--http",
        "httptools",
        "--loop",
        "uvloop",
    ),
    *("--no-access-log", "--log-level", "warning", "--no-server-header", "--timeout-keep-alive", "65"),
]


@dataclass(frozen=True, slots=True)
class Server:
    pid: int
    port: int
    cookie: str
    data: Path

    def headers(self, *, signed_in: bool) -> dict[str, str]:
        headers = {"Host": f"localhost:{self.port}", **BROWSER}
        return headers | {"Cookie": self.cookie} if signed_in else headers

    def order(self, path: str, *, signed_in: bool, seconds: float, form: str = "") -> Order:
        return Order(self.port, path, self.headers(signed_in=signed_in), seconds, form=form)


@dataclass(frozen=True, slots=True)
class Ground:
    """A folder with the data of one house, made once by Porch's own verbs, and copied for every server."""

    folder: Path
    cookie: str

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @contextmanager
    def porch(self, *words: str, program: list[str] = PORCH) -> Iterator[Server]:
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            data = shutil.copytree(self.data, Path(name) / "data")
            port = free_port()
            with running([*program, "serve", *words], port, porch_environ(data, port), Path(name)) as pid:
                yield Server(pid, port, self.cookie, data)

    @contextmanager
    def reference(self) -> Iterator[Server]:
        with tempfile.TemporaryDirectory(dir=self.folder) as name:
            data = shutil.copytree(self.data, Path(name) / "data")
            port = free_port()
            environ = {**clean_environ(), "BENCH_DATABASE": str(data / "porch.sqlite3")}
            with running([*REFERENCE, "--port", str(port)], port, environ, Path(name)) as pid:
                yield Server(pid, port, self.cookie, data)


@contextmanager
def settled() -> Iterator[Ground]:
    """Make the data, and take it away in the end."""
    with tempfile.TemporaryDirectory(prefix="porch-bench-") as name:
        environ = porch_environ(Path(name) / "data", 8000)
        run = lambda *words: subprocess.run([*PORCH, *words], env=environ, check=True, capture_output=True)  # noqa: E731
        run("owner-link", "--json")
        code = "from tests.bench.data import settle; settle()"
        cookies = json.loads(run("manage", "shell", "-v0", "-c", code).stdout)
        with closing(sqlite3.connect(Path(name) / "data" / "porch.sqlite3")) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        yield Ground(Path(name), "; ".join(f"{key}={value}" for key, value in cookies.items()))


def clean_environ() -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("PORCH_")}
    return {**kept, "PYTHONPATH": str(ROOT)}


def porch_environ(data: Path, port: int) -> dict[str, str]:
    return {
        **clean_environ(),
        "PORCH_DATA": str(data),
        "PORCH_URL": f"http://localhost:{port}",
        "PORCH_BIND": f"127.0.0.1:{port}",
        "PORCH_LOG": "text",
    }


@contextmanager
def running(words: list[str], port: int, environ: Mapping[str, str], folder: Path) -> Iterator[int]:
    """Run a server until the block ends; give its process id once it answers. What it says goes into a file."""
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(words, env=environ, cwd=ROOT, stderr=log)
    try:
        wait_for(process, port)
        yield process.pid
    except Exception as error:
        error.add_note(f"The server said: {(folder / 'log').read_text()[-2_000:]}")
        raise
    finally:
        process.terminate()
        process.wait()


def wait_for(process: "subprocess.Popen[bytes]", port: int) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            httpx.get(f"http://localhost:{port}/", timeout=5, trust_env=False)
            return
        except httpx.HTTPError:
            if process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{process.args} does not answer") from None
        time.sleep(0.05)
