"""The benchmark's own pieces. No timings: those are for ``make bench``."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from tests.bench.load import Order, drive, whole_body
from tests.bench.meter import cpu_seconds, memory_kib, tree
from tests.bench.pages import FRESH, TALK
from tests.bench.report import Figure, compare, judge, table, write_json
from tests.bench.stage import Server, settled

PAGES = (
    (FRESH, False),
    (FRESH, True),
    ("/inside/", True),
    *((path, name != "topic_anonymous") for name, path in TALK.items()),
)
BUSY = "import time\nwhile time.process_time() < 0.3: pass\nprint(1, flush=True)\ninput()"
SHELL = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"


def test_the_meter_counts_what_a_child_has_used() -> None:
    words = [sys.executable, "-c", SHELL, BUSY]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert len(tree(process.pid)) == 2
        assert cpu_seconds(process.pid) >= 0.25
        assert memory_kib(process.pid, "Rss") > memory_kib(process.pid, "Pss") > 1_000
        process.communicate(b"\n")


def test_the_meter_says_little_of_somebody_who_waits() -> None:
    words = [sys.executable, "-c", "input()"]
    with subprocess.Popen(words, stdin=subprocess.PIPE) as process:
        assert cpu_seconds(process.pid) < 0.3
        process.communicate(b"\n")


class Answers(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    status = 200

    def do_GET(self) -> None:
        self.server.asked += 1  # type: ignore[attr-defined]
        self.send_response(self.status)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b"x" * 100_000)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def plain_server() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    server.asked = 0  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever).start()
    yield server
    server.shutdown()
    server.server_close()


def test_the_client_counts_whole_answers(plain_server: ThreadingHTTPServer) -> None:
    done = drive(Order(plain_server.server_port, "/", {"Host": "x"}, seconds=0.1, connections=1))
    assert done.answers == plain_server.asked > 0  # type: ignore[attr-defined]
    assert done.body_bytes == 100_000


def test_the_client_takes_nothing_but_the_page(
    plain_server: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Answers, "status", 503)
    with pytest.raises(RuntimeError, match="503"):
        drive(Order(plain_server.server_port, "/", {"Host": "x"}, seconds=0.1))


@pytest.mark.parametrize(
    "got",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab"],
)
def test_half_an_answer_is_none(got: bytes) -> None:
    assert whole_body(bytearray(got)) is None


def test_the_ratio_is_the_middle_of_the_rounds() -> None:
    figure = compare("page", "r/s", [(90, 100), (10, 100), (95, 100)], least=0.8)
    assert (figure.ratio, figure.low, figure.high, figure.met) == (0.9, 0.1, 0.95, True)
    assert not compare("page", "r/s", [(79, 100)], least=0.8).met
    assert not compare("fanout", "ms", [(121, 100)], most=1.2).met


def test_figures_are_kept_under_their_names(tmp_path: Path) -> None:
    alone = Figure("writers", 1234.5678, None, None, "writes/s", *judge(3, "", least=1))
    write_json([compare("page", "r/s", [(90, 100)], least=0.8), alone], tmp_path / "build" / "bench.json")
    kept = json.loads((tmp_path / "build" / "bench.json").read_text())
    assert kept["page"] == {"value": 90, "reference": 100, "ratio": 0.9, "unit": "r/s"}
    assert (kept["writers"]["value"], kept["writers"]["reference"]) == (1235, None)
    assert "MISSED" not in table([alone])


def page_of(server: Server, path: str, *, signed_in: bool) -> str:
    address, headers = f"http://127.0.0.1:{server.port}{path}", server.headers(signed_in=signed_in)
    answer = httpx.get(address, headers=headers, trust_env=False)
    assert answer.status_code == 200
    # What differs from one answer to the next, at equal length.
    return re.sub(
        r'(nonce|name="(?:csrfmiddlewaretoken|sent_as)" value)="[\w-]+"|/static/\w+/', r"\1", answer.text
    )


@pytest.mark.slow
def test_both_sides_make_the_same_pages() -> None:
    with settled() as ground, ground.reference() as reference, ground.porch("--no-worker") as porch:
        assert os.getpid() not in tree(porch.pid)
        for path, signed_in in PAGES:
            ours, theirs = (page_of(each, path, signed_in=signed_in) for each in (porch, reference))
            assert ours == theirs
            assert ours.count("<time") >= 20, path
