"""`porch serve`: what it says when it starts, and when it cannot."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.disks import on_disk
from tests.porch_server import PORCH, PorchProcess, free_port, fresh_database, house_for, running_porch
from tests.web.cli.conftest import Run
from tests.web.server.test_front import until


def test_a_port_that_is_taken_ends_with_1_and_an_idea(porch: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = porch("serve", url=f"http://localhost:{port}")
    assert done.returncode == 1
    assert f"port {port} is taken" in done.stderr
    assert f"PORCH_URL=http://localhost:{port + 1}" in done.stderr


def test_a_database_out_of_reach_ends_with_1_and_the_reason(porch: Run) -> None:
    done = porch(
        "serve",
        database="postgres://porch@127.0.0.1:1/porch?connect_timeout=2",
        url=f"http://localhost:{free_port()}",
    )
    assert done.returncode == 1
    assert "the database cannot be used" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_is_no_database_ends_with_1_and_is_left_alone(
    porch_anew: Run, tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    file = tmp_path / "data" / "porch.sqlite3"
    file.write_bytes(b"my shopping list\n" * 500)
    done = porch_anew("serve", url=f"http://localhost:{free_port()}")
    assert done.returncode == 1
    assert "the database cannot be used" in done.stderr
    assert file.read_bytes() == b"my shopping list\n" * 500


def test_a_folder_that_may_only_be_read_ends_with_a_clear_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [*on_disk("ro"), *PORCH, "serve"],
        env={**os.environ, "PORCH_DATA": str(tmp_path / "data")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 78
    assert "the data folder cannot be used: Read-only file system" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_is_bound_to_loopback_and_answers_on_both(porch_server: PorchProcess) -> None:
    for host in ("127.0.0.1", "::1"):
        with socket.create_connection((host, porch_server.port), timeout=5):
            pass
    listening = [line.split()[1] for file in ("tcp", "tcp6") for line in listeners(file)]
    ours = [address for address in listening if address.endswith(f":{porch_server.port:04X}")]
    assert ours
    assert all(address.startswith(("0100007F:", "0" * 24 + "01000000:")) for address in ours)


def listeners(file: str) -> list[str]:
    lines = Path("/proc/net", file).read_text().splitlines()[1:]
    return [line for line in lines if line.split()[3] == "0A"]


@pytest.mark.slow
def test_without_its_worker_it_is_one_process() -> None:
    with running_porch("--no-worker") as server:
        children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text()
        assert children.split() == []


def test_the_link_of_a_new_house_is_said_where_people_look(tmp_path: Path) -> None:
    with running_porch("--owner-link") as server:
        assert f"Porch is open at {server.url}" in server.log
        assert f"{server.url}/sign-in/link/" in server.log


@pytest.mark.slow
def test_whoever_works_on_porch_gets_one_link_however_often_it_starts_again(tmp_path: Path) -> None:
    script = tmp_path / "start.py"
    script.write_text("from porch.web.cli import main\n\nmain()\n")
    with fresh_database() as database, (tmp_path / "log").open("wb") as log:
        server = house_for(tmp_path, database)
        words = [sys.executable, script, "serve", "--owner-link", "--reload", "--no-worker"]
        # In a group of its own: what reloads is two processes.
        process = subprocess.Popen(words, env=server.environ, stderr=log, start_new_session=True)
        try:
            until(lambda: server.log.count("Porch is open") == 1, 20)
            until(lambda: (script.touch(), server.log.count("Porch is open") == 2)[1], 20)
            assert server.log.count("/sign-in/link/") == 1
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
