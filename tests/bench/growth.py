"""What a page costs with 100,000 members, against what it costs with 1,000: both houses in one run, by turns."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.bench.report import Figure, compare, judge
from tests.bench.stage import Ground, porch_environ

NAMES = ("growth", "addresses_to_invites")
SMALL, MOST_TIMES, MOST_SECONDS = 1_000, 1.5, 60
Talk = "subprocess.Popen[str]"


def measure_growth(ground: Ground, wanted: set[str], *, size: int, rounds: int) -> list[Figure]:
    """Ask both houses in turn how long their pages take; one figure for each page, and one for a list of addresses."""
    with ExitStack() as stack:
        small, large = (stack.enter_context(house(ground, each)) for each in (SMALL, size))
        found: list[Figure] = []
        if "growth" in wanted:
            asked = [(ask(large, "pages"), ask(small, "pages")) for _ in range(rounds)]
            for page in asked[0][0]:
                pairs = [(1000 * many[page], 1000 * few[page]) for many, few in asked]
                found.append(compare(f"growth {page}", "ms of CPU", pairs, most=MOST_TIMES))
        if "addresses_to_invites" in wanted:
            taken = ask(small, "invite")
            limit, met = judge(taken, "s of CPU", most=MOST_SECONDS)
            found.append(
                Figure(
                    "addresses_to_invites", taken, None, None, "s of CPU", limit, met, note="100,000 of them"
                )
            )
    return found


@contextmanager
def house(ground: Ground, size: int, program: str = "grower") -> Iterator[Talk]:
    """Have a process with so many members, or whatever the program counts, on a copy of the data."""
    with tempfile.TemporaryDirectory(dir=ground.folder) as name:
        environ = porch_environ(shutil.copytree(ground.data, Path(name) / "data"), 8000)
        environ["DJANGO_SETTINGS_MODULE"] = "porch.web.settings.django"
        words = [
            sys.executable,
            "-c",
            f"import django; django.setup(); from tests.bench.{program} import main; main()",
        ]
        with subprocess.Popen(
            [*words, str(size)], env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            yield process
            process.kill()


def ask(process: Talk, word: str):  # type: ignore[no-untyped-def]
    """Send a word to a house, and read its answer."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(word + "\n")
    process.stdin.flush()
    return json.loads(process.stdout.readline())
