"""A backup of a gigabyte while eight processes write: how much slower they are than without it.

Half of it is database, half files. Writers run throughout; whole backups and slices without one take turns, and each
pair gives a ratio. The backup is in a session of its own, as from a terminal: there its low priority does not count.
"""

import os
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from tests.bench.report import Figure, compare
from tests.bench.stage import Ground, porch_environ
from tests.bench.writers import WRITERS, Writer
from tests.porch_server import PORCH

NAMES = ("backup_slowdown",)
FILE_BYTES = 1_000_000
ROW_BYTES = 100_000
# Seconds; the writers are ended when the last slice is over.
LONG = 3_600


def measure_backup(ground: Ground, *, size: int, rounds: int, seconds: float) -> Figure:
    """Make ``size`` bytes of data, half rows and half files, and compare the rates of the writers."""
    with ground.porch() as porch:
        fill(porch.data, size)
        environ = porch_environ(porch.data, porch.port)
        writers = [Writer(environ, f"writer {n}", LONG) for n in range(WRITERS)]
        for each in writers:
            each.start()
        time.sleep(2)
        pairs, took = [], []
        for _ in range(rounds):
            without, _ = rate(porch.data, lambda: time.sleep(seconds))
            during, lasted = rate(porch.data, lambda: back_up(environ, porch.data.parent / "it.tar"))
            pairs.append((during, without))
            took.append(lasted)
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


def rate(data: Path, work: Callable[[], object]) -> tuple[float, float]:
    """Give the writes a second while something is done, from the newest fact before and after, and the seconds."""
    newest = "SELECT max(id) FROM engine_audience_fact"
    with closing(sqlite3.connect(data / "porch.sqlite3")) as db:
        begun, before = time.monotonic(), db.execute(newest).fetchone()[0]
        work()
        after, lasted = db.execute(newest).fetchone()[0], time.monotonic() - begun
    return (after - before) / lasted, lasted


def back_up(environ: dict[str, str], file: Path) -> None:
    words = [*PORCH, "backup", "--force", "--json", str(file)]
    subprocess.run(words, env=environ, check=True, stdout=subprocess.DEVNULL, start_new_session=True)
