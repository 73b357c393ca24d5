"""A backup of a gigabyte while eight processes write: how much slower they are than without it.

Half of it is database, half files. Writers run throughout; short slices with and without a backup take turns, and each
pair gives a ratio. A backup that ends early is begun again, so that a slice is all backup.
"""

import json
import os
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from hashlib import sha256
from pathlib import Path

from tests.bench.report import Figure, compare
from tests.bench.stage import Ground, porch_environ
from tests.bench.writers import WRITERS, Writer
from tests.porch_server import PORCH

NAMES = ("backup_slowdown",)
FILE_BYTES = 1_000_000
ROW_BYTES = 100_000


def measure_backup(ground: Ground, *, size: int, rounds: int, seconds: float) -> Figure:
    """Make ``size`` bytes of data, half rows and half files, and compare the rates of the writers."""
    with ground.porch() as porch:
        fill(porch.data, size)
        environ = porch_environ(porch.data, porch.port)
        total = 2 * rounds * (seconds + 1) + 10
        writers = [Writer(environ, f"writer {n}", total) for n in range(WRITERS)]
        for each in writers:
            each.start()
        time.sleep(2)
        pairs, took = [], []
        for _ in range(rounds):
            without = rate(porch.data, seconds)
            with backing_up(environ, porch.data.parent / "it.tar", took):
                during = rate(porch.data, seconds)
            pairs.append((during, without))
        for each in writers:
            each.process.terminate()
            each.process.wait()
    figure = compare("backup_slowdown", "writes/s", pairs, least=0.75)
    note = f"{size / 1e9:g} GB, half rows, half files; a backup took {min(took):.1f} to {max(took):.1f} s"
    return Figure(*[getattr(figure, name) for name in figure.__slots__[:-1]], note=note)


def fill(data: Path, size: int) -> None:
    """Put text into a table beside ours, and files into theirs."""
    with closing(sqlite3.connect(data / "porch.sqlite3")) as db, db:
        db.execute("CREATE TABLE weight (id integer PRIMARY KEY, text text)")
        rows = ((os.urandom(ROW_BYTES // 2).hex(),) for _ in range(size // 2 // ROW_BYTES))
        db.executemany("INSERT INTO weight (text) VALUES (?)", rows)
    for _ in range(size // 2 // FILE_BYTES):
        content = os.urandom(FILE_BYTES)
        name = sha256(content).hexdigest()
        path = data / "files" / name[:2] / name[2:4] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def rate(data: Path, seconds: float) -> float:
    """Count what is written, in writes a second: the newest fact now and a while later."""
    newest = "SELECT max(id) FROM engine_audience_fact"
    with closing(sqlite3.connect(data / "porch.sqlite3")) as db:
        begun, before = time.monotonic(), db.execute(newest).fetchone()[0]
        time.sleep(seconds)
        after = db.execute(newest).fetchone()[0]
        return float((after - before) / (time.monotonic() - begun))


@contextmanager
def backing_up(environ: dict[str, str], file: Path, took: list[float]) -> Iterator[None]:
    """Back up, over and over, while the block lasts."""
    code = "import subprocess, sys, time\nwhile True:\n t = time.monotonic(); subprocess.run(sys.argv[1:], check=True)"
    code += "; print(time.monotonic() - t, flush=True)"
    words = [PORCH[0], "-c", code, *PORCH, "backup", "--force", "--json", str(file)]
    process = subprocess.Popen(words, env=environ, stdout=subprocess.PIPE, text=True, start_new_session=True)
    assert process.stdout is not None
    time.sleep(0.5)  # the interpreter starts
    try:
        yield
        while not (line := process.stdout.readline().strip()).replace(".", "").isdigit():
            if line and "bytes" not in json.loads(line):
                raise RuntimeError(line)
            if process.poll() is not None:
                raise RuntimeError("a backup failed")
        took.append(float(line))
    finally:
        os.killpg(process.pid, 15)
        process.wait()
