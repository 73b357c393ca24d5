"""What pages of conversation cost as more is said: houses with a few thousand posts and with half a million."""

from contextlib import ExitStack

from tests.bench.growth import ask, house
from tests.bench.report import Figure, compare, judge
from tests.bench.stage import Ground

NAMES = ("talk_curve",)
SIZES, QUICK_SIZES = (5_000, 50_000, 500_000), (1_000, 5_000)
MOST_TIMES, MOST_SEARCH = 1.5, 50


def measure_curve(ground: Ground, *, sizes: tuple[int, ...], rounds: int) -> list[Figure]:
    """Ask all houses in turn how long their pages take; one figure for each page and each larger house."""
    with ExitStack() as stack:
        houses = [stack.enter_context(house(ground, each, "talker")) for each in sizes]
        asked = [[ask(each, "pages") for each in houses] for _ in range(rounds)]
    found = []
    for page in asked[0][0]:
        for place, size in enumerate(sizes[1:], 1):
            pairs = [(1000 * each[place][page], 1000 * each[0][page]) for each in asked]
            name = f"{page} at {size:,}"
            found.append(compare(name, f"ms of CPU, beside {sizes[0]:,} posts", pairs, most=MOST_TIMES))
    slowest = max(each[-1]["search p95"] for each in asked) * 1000
    limit, met = judge(slowest, "ms of CPU", most=MOST_SEARCH)
    found.append(Figure("search p95", slowest, None, None, "ms of CPU", limit, met))
    return [each for each in found if not each.name.startswith("search p95 at")]
