"""Facts noted a second and core, through verbs, on the SQLite file that a plain house has."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench.report import Figure, judge
from tests.bench.stage import Ground, porch_environ

NAMES = ("facts_per_core",)
LEAST = 3_000


def measure_facts(ground: Ground, *, calls: int) -> Figure:
    """Call verbs in one process of their own, and divide facts by the CPU time that they took."""
    words = [sys.executable, "-m", "tests.bench.noter", str(calls)]
    with tempfile.TemporaryDirectory(dir=ground.folder) as name:
        environ = porch_environ(shutil.copytree(ground.data, Path(name) / "data"), 8000)
        done = subprocess.run(words, env=environ, check=True, capture_output=True, text=True)
    rates: dict[str, float] = json.loads(done.stdout)
    wanted, met = judge(rates["through_verbs"], "facts/core-s", least=LEAST)
    note = (
        f"a verb that looks a row up first: {rates['looking_up']:,.0f}; many at once: {rates['at_once']:,.0f}"
    )
    return Figure(
        "facts_per_core", rates["through_verbs"], None, None, "facts/core-s", wanted, met, note=note
    )
