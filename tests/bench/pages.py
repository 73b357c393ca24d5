"""Pages: how many a second of CPU makes, Porch and the reference by turns in short slices.

The front page with twenty rows: signed in, anonymous, and from the front's cache. And what members read all day: a
topic with thirty posts, a space with thirty topics, what a search finds; and an answer, which is written.
"""

from dataclasses import dataclass

from tests.bench.load import drive_apart
from tests.bench.meter import cpu_seconds
from tests.bench.report import Figure, compare
from tests.bench.stage import Ground, Server

NAMES = (
    "page_signed_in",
    "page_anonymous",
    "page_cached",
    "topic_signed_in",
    "topic_anonymous",
    "space_list",
    "search",
    "reply",
)
UNIT = "requests per core-second"
# A query string goes round the cache of shared pages.
FRESH = "/?fresh"
# The stage has a space that begins with the first topic, and one of glass with the last.
TALK = {
    "topic_signed_in": "/inside/topics/1/",
    "topic_anonymous": "/glass/topics/31/?fresh",
    "space_list": "/inside/spaces/workshop/",
    "search": "/inside/search/?q=ladder",
}
# Into a topic that no other figure reads. The token is that of the stage's cookie.
REPLY = "/inside/topics/2/posts/"
FORM = (
    f"csrfmiddlewaretoken={'c' * 32}&sent_as={{n}}&source=We+met+under+the+**old+plum+tree**%2C+counted+the+chairs"
    "+twice+%26+agreed+to+paint+the+door.%0D%0A%0D%0A%3E+Whoever+has+a+ladder+brings+it%0D%0A%0D%0A[The+list](/inside/)."
)


@dataclass(frozen=True, slots=True)
class Plan:
    rounds: int
    seconds: float


def measure_pages(ground: Ground, plan: Plan, wanted: set[str]) -> list[Figure]:
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in NAMES if name in wanted}
    # What an answer leads to afterwards (notices, previews, messages) is a worker's, and the reference has none.
    for names, words in ((set(found) - {"reply"}, ()), ({"reply"} & set(found), ("--no-worker",))):
        if not names:
            continue
        with ground.reference() as reference, ground.porch(*words) as porch:
            for number in range(plan.rounds + 1):
                for name, pair in one_round(porch, reference, names, plan.seconds).items():
                    if number:  # the first round warms up
                        found[name].append(pair)
    least = {
        "page_signed_in": 0.8,
        "page_anonymous": 0.8,
        "page_cached": 11,
        "topic_signed_in": 0.75,
        "topic_anonymous": 0.75,
        "space_list": 0.75,
        "search": 0.6,
        "reply": 0.6,
    }
    return [compare(name, UNIT, pairs, least=least[name]) for name, pairs in found.items()]


def one_round(
    porch: Server, reference: Server, names: set[str], seconds: float
) -> dict[str, tuple[float, float]]:
    pairs = {}
    for name, path in TALK.items():
        if name in names:
            signed_in = name != "topic_anonymous"
            theirs = rate(reference, path, signed_in, seconds)
            pairs[name] = rate(porch, path, signed_in, seconds), theirs
    if "reply" in names:
        theirs = rate(reference, REPLY, True, seconds, FORM)
        pairs["reply"] = rate(porch, REPLY, True, seconds, FORM), theirs
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


def rate(server: Server, path: str, signed_in: bool, seconds: float, form: str = "") -> float:
    """Give the requests per second of CPU time that a whole server used for one slice."""
    before = cpu_seconds(server.pid)
    done = drive_apart(server.order(path, signed_in=signed_in, seconds=seconds, form=form))
    return done.answers / (cpu_seconds(server.pid) - before)
