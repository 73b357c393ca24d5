"""``make bench``: Porch against the bare reference, in one interleaved run. See docs/benchmarks.md.

Exit code 1 where a figure is missed. Figures go to build/bench.json too.
"""

import argparse
import hashlib
import os
import platform
import sys
from pathlib import Path

from tests.bench import backups, curve, facts, growth, live, pages, rest, writers
from tests.bench.backups import measure_backup
from tests.bench.curve import QUICK_SIZES, SIZES, measure_curve
from tests.bench.facts import measure_facts
from tests.bench.growth import measure_growth
from tests.bench.live import measure_live
from tests.bench.pages import Plan, measure_pages
from tests.bench.report import Figure, table, write_json
from tests.bench.rest import measure_rest
from tests.bench.stage import ROOT, Ground, settled
from tests.bench.writers import measure_writers

NAMES = [
    *pages.NAMES,
    *live.NAMES,
    *rest.NAMES,
    *facts.NAMES,
    *writers.NAMES,
    *backups.NAMES,
    *growth.NAMES,
    *curve.NAMES,
]
REFERENCE = Path(__file__).parent / "reference"
JSON = ROOT / "build" / "bench.json"


def main() -> int:
    words = read_words()
    wanted = set(words.only or NAMES)
    say(
        f"{os.cpu_count()} cores of {cpu_name()}, Python {platform.python_version()}, Linux {platform.release()}"
    )
    source = b"".join(each.read_bytes() for each in sorted(REFERENCE.glob("*.py")))
    say(f"reference {REFERENCE.name}, sha256 {hashlib.sha256(source).hexdigest()}")
    with settled() as ground:
        figures = measure(ground, wanted, is_quick=words.quick)
    print(table(figures))
    write_json(figures, JSON)
    missed = [each.name for each in figures if not each.met]
    if missed:
        say(f"✗ missed: {', '.join(missed)}")
    return 1 if missed else 0


def read_words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure Porch.")
    parser.add_argument("--quick", action="store_true", help="short runs: a look, not a measurement")
    parser.add_argument("--only", action="append", choices=NAMES, help="measure this one; may be repeated")
    return parser.parse_args()


def measure(ground: Ground, wanted: set[str], *, is_quick: bool) -> list[Figure]:
    figures: list[Figure] = []
    if wanted & set(pages.NAMES):
        say("· pages")
        figures += measure_pages(ground, Plan(2, 0.5) if is_quick else Plan(9, 1.5), wanted)
    if wanted & set(live.NAMES):
        say("· the live hub")
        figures += measure_live(
            ground, wanted, subscribers=200 if is_quick else 1_000, rounds=5 if is_quick else 25
        )
    if wanted & set(rest.NAMES):
        say("· memory at rest")
        figures.append(measure_rest(ground, seconds=1 if is_quick else 10))
    if wanted & set(facts.NAMES):
        say("· facts through verbs")
        figures.append(measure_facts(ground, calls=200 if is_quick else 3_000))
    if wanted & set(writers.NAMES):
        say("· writers on SQLite")
        figures.append(measure_writers(ground, seconds=3 if is_quick else 60))
    if wanted & set(backups.NAMES):
        say("· a backup beside writers")
        size, rounds, seconds = (100_000_000, 2, 1) if is_quick else (1_000_000_000, 3, 10)
        figures.append(measure_backup(ground, size=size, rounds=rounds, seconds=seconds))
    if wanted & set(growth.NAMES):
        say("· pages of a large community")
        figures += measure_growth(
            ground, wanted, size=5_000 if is_quick else 100_000, rounds=3 if is_quick else 7
        )
    if wanted & set(curve.NAMES):
        say("· conversation as it grows")
        figures += measure_curve(
            ground, sizes=QUICK_SIZES if is_quick else SIZES, rounds=3 if is_quick else 5
        )
    return figures


def cpu_name() -> str:
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    return next(
        (line.partition(": ")[2] for line in lines if line.startswith("model name")), platform.machine()
    )


def say(text: str) -> None:
    print(text, flush=True)


if __name__ == "__main__":
    sys.exit(main())
