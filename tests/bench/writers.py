"""Eight processes write to one SQLite file while a server reads it: no error, and nothing lost."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import drive_apart
from tests.bench.report import Figure
from tests.bench.stage import Ground, porch_environ

NAMES = ("sqlite_writers",)
WRITERS = 8


@dataclass(frozen=True, slots=True)
class Written:
    """What one writer says of itself; ``slowest`` in seconds."""

    acknowledged: int
    errors: list[str]
    slowest: float


@dataclass(frozen=True, slots=True)
class Together:
    """What all writers did, how many rows and facts are missing or too many, and pages read a second."""

    acknowledged: int
    errors: list[str]
    slowest: float
    lost: int
    read: float


def measure_writers(ground: Ground, *, seconds: float) -> Figure:
    done = write_together(ground, seconds=seconds)
    note = (
        f"{done.acknowledged:,} writes in {seconds:g} s, {len(done.errors)} errors, {done.lost} rows or facts lost; "
        f"the slowest took {done.slowest:.2f} s; meanwhile {done.read:,.0f} pages/s were read"
    )
    met = done.acknowledged > 0 and not done.errors and not done.lost
    rate = done.acknowledged / seconds
    return Figure("sqlite_writers", rate, None, None, "writes/s", "0 errors, 0 lost", met, note=note)


def write_together(ground: Ground, *, seconds: float) -> Together:
    """Publish from eight processes at once while two readers ask the running server for fresh pages."""
    with ground.porch() as porch:
        file = porch.data / "porch.sqlite3"
        before = count(file)
        environ = porch_environ(porch.data, porch.port)
        writers = [Writer(environ, f"writer {n}", seconds) for n in range(WRITERS)]
        for each in writers:
            each.start()
        order = porch.order("/?fresh", signed_in=False, seconds=seconds)
        order.connections = 2
        read = drive_apart(order)
        written = [each.finish() for each in writers]
        acknowledged = sum(each.acknowledged for each in written)
        lost = sum(abs(then + acknowledged - now) for then, now in zip(before, count(file), strict=True))
    return Together(
        acknowledged,
        [error for each in written for error in each.errors],
        max(each.slowest for each in written),
        lost,
        read.answers / read.seconds,
    )


class Writer:
    """A writing process, ready before it is started: all eight begin together."""

    def __init__(self, environ: Mapping[str, str], name: str, seconds: float) -> None:
        words = [sys.executable, "-m", "tests.bench.writer", name, str(seconds)]
        self.process = subprocess.Popen(
            words, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        if self.process.stdout.readline() != "ready\n":
            raise RuntimeError("a writer did not start")

    def start(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def finish(self) -> Written:
        out, _ = self.process.communicate()
        return Written(**json.loads(out))


def count(file: Path) -> tuple[int, int]:
    """Count articles, and the facts that say that one was published."""
    with closing(sqlite3.connect(file)) as db:
        facts = "SELECT count(*) FROM engine_audience_fact WHERE kind = 'ArticlePublished'"
        articles = "SELECT count(*) FROM audience_article"
        return db.execute(articles).fetchone()[0], db.execute(facts).fetchone()[0]
