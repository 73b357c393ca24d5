"""The live hub: how soon a thousand subscribers are told, and what each costs in memory and in time."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.bench.meter import cpu_seconds, memory_kib
from tests.bench.report import Figure, compare, judge
from tests.bench.stage import PORCH_LIVE, Ground, Server
from tests.bench.subscribers import allow_many_files

NAMES = ("live_fanout", "live_memory", "live_reply")
REPLY = {"path": "/inside/topics/1/live/", "poke": "/bench/reply/", "event": "post"}
# They come and go before the count, so that what a server allocates once is not counted as theirs.
FIRST = 100


class Subscribers:
    """The client process of one server."""

    def __init__(self, server: Server, count: int, **more: str) -> None:
        order = {"port": server.port, "headers": server.headers(signed_in=True), "count": count, **more}
        words = [sys.executable, "-m", "tests.bench.subscribers", json.dumps(order)]
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.read()

    def read(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the subscribers' process ended early")
        return line

    def admit(self) -> float:
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return float(self.read())

    def leave(self) -> None:
        self.process.communicate()


@contextmanager
def subscribed(server: Server, count: int) -> Iterator[tuple[Subscribers, float]]:
    """Open the lines; give them and the growth of the server's resident memory per line, in KiB."""
    few = Subscribers(server, FIRST)
    few.admit()
    few.leave()
    time.sleep(0.5)
    before = memory_kib(server.pid, "Rss")
    many = Subscribers(server, count)
    try:
        yield many, (memory_kib(server.pid, "Rss") - before) / count
    finally:
        many.leave()


def measure_live(ground: Ground, wanted: set[str], *, subscribers: int, rounds: int) -> list[Figure]:
    allow_many_files()
    figures = measure_joins(ground, subscribers, rounds) if wanted & {"live_fanout", "live_memory"} else []
    if "live_reply" in wanted:
        figures.append(measure_replies(ground, subscribers, rounds))
    return [each for each in figures if each.name in wanted]


def measure_joins(ground: Ground, subscribers: int, rounds: int) -> list[Figure]:
    with (
        ground.reference() as reference,
        ground.porch("--no-worker", program=PORCH_LIVE) as porch,
        subscribed(reference, subscribers) as (their_lines, their_kib),
        subscribed(porch, subscribers) as (our_lines, our_kib),
    ):
        pairs = [(our_lines.admit(), their_lines.admit()) for _ in range(rounds + 1)][1:]
    in_words, met = judge(our_kib, "KiB", most=15)
    return [
        compare("live_fanout", "ms", pairs, most=1.2),
        Figure("live_memory", our_kib, their_kib, our_kib / their_kib, "KiB per subscriber", in_words, met),
    ]


def measure_replies(ground: Ground, subscribers: int, rounds: int) -> Figure:
    """Say what a reply costs the server for each that hears it: with all of them, against one alone."""
    with ground.porch("--no-worker", program=PORCH_LIVE) as porch:
        one, all_of_them = (cost_of_a_reply(porch, count, rounds) for count in (1, subscribers))
    micros = (all_of_them - one) / (subscribers - 1) * 1_000_000
    in_words, met = judge(micros, "µs", most=20)
    return Figure("live_reply", micros, None, None, "µs of CPU per subscriber", in_words, met)


def cost_of_a_reply(server: Server, subscribers: int, rounds: int) -> float:
    """Give the seconds of CPU that the server takes for a reply with so many who hear it."""
    lines = Subscribers(server, subscribers, **REPLY)
    lines.admit()
    before = cpu_seconds(server.pid)
    for _ in range(rounds):
        lines.admit()
    spent = cpu_seconds(server.pid) - before
    lines.leave()
    return spent / rounds
