"""Pages: how many a second of CPU makes, Porch and the reference by turns in short slices.

The front page with twenty rows: signed in, anonymous, and from the front's cache. And what members read all day: a
topic with thirty posts, and a space with thirty topics.
"""

from dataclasses import dataclass

from tests.bench.load import drive_apart
from tests.bench.meter import cpu_seconds
from tests.bench.report import Figure, compare
from tests.bench.stage import Ground, Server

NAMES = ("page_signed_in", "page_anonymous", "page_cached", "topic_signed_in", "space_list")
UNIT = "requests per core-second"
# A query string goes round the cache of shared pages.
FRESH = "/?fresh"
# The stage has one space and begins with this topic.
INSIDE = {"topic_signed_in": "/inside/topics/1/", "space_list": "/inside/spaces/workshop/"}


@dataclass(frozen=True, slots=True)
class Plan:
    rounds: int
    seconds: float


def measure_pages(ground: Ground, plan: Plan, wanted: set[str]) -> list[Figure]:
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in NAMES if name in wanted}
    with ground.reference() as reference, ground.porch() as porch:
        for number in range(plan.rounds + 1):
            for name, pair in one_round(porch, reference, found, plan.seconds).items():
                if number:  # the first round warms up
                    found[name].append(pair)
    least = {
        "page_signed_in": 0.8,
        "page_anonymous": 0.8,
        "page_cached": 11,
        "topic_signed_in": 0.75,
        "space_list": 0.75,
    }
    return [compare(name, UNIT, pairs, least=least[name]) for name, pairs in found.items()]


def one_round(
    porch: Server, reference: Server, names: dict[str, object], seconds: float
) -> dict[str, tuple[float, float]]:
    pairs = {}
    for name, path in INSIDE.items():
        if name in names:
            theirs = rate(reference, path, True, seconds)
            pairs[name] = rate(porch, path, True, seconds), theirs
    if "page_signed_in" in names:
        theirs = rate(reference, FRESH, True, seconds)
        pairs["page_signed_in"] = rate(porch, FRESH, True, seconds), theirs
    if "page_anonymous" in names or "page_cached" in names:
        theirs = rate(reference, FRESH, False, seconds)
        if "page_anonymous" in names:
            pairs["page_anonymous"] = rate(porch, FRESH, False, seconds), theirs
        if "page_cached" in names:
            pairs["page_cached"] = rate(porch, "/", False, seconds), theirs
    return pairs


def rate(server: Server, path: str, signed_in: bool, seconds: float) -> float:
    """Give the requests per second of CPU time that a whole server used for one slice."""
    before = cpu_seconds(server.pid)
    done = drive_apart(server.order(path, signed_in=signed_in, seconds=seconds))
    return done.answers / (cpu_seconds(server.pid) - before)
