"""Everything that CI does, in order, stopping at the first step that fails: ``make test`` and ``make check``."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.chromium import find_chromium
from tests.postgres import running_postgresql

ROOT = Path(__file__).parent.parent
BIN = Path(sys.executable).parent
WORKERS = str(min(4, (os.cpu_count() or 2)))
PYTEST = [sys.executable, "-m", "pytest", "-n", WORKERS]


def main() -> int:
    is_fast = "--fast" in sys.argv
    with tempfile.TemporaryDirectory(prefix="porch-suite-") as data:
        os.environ.update(PORCH_DATA=data, PYTHONDONTWRITEBYTECODE="1")
        steps: list[tuple[str, Callable[[], int]]] = [
            ("format", lambda: run(BIN / "ruff", "format", "--check", "--quiet", "porch", "tests", "locks")),
            ("lint", lambda: run(BIN / "ruff", "check", "--quiet", "porch", "tests", "locks")),
            ("types", lambda: run(BIN / "mypy", "--no-error-summary")),
            ("the map", lambda: run(BIN / "lint-imports")),
            ("migrations", lambda: run(BIN / "porch", "manage", "makemigrations", "--check", "--dry-run")),
        ]
        if is_fast:
            steps.append(("laws and kit", lambda: run(*PYTEST, "tests/laws", "tests/kit", "-m", "not slow")))
        else:
            steps += [
                ("tests on SQLite", lambda: run(*PYTEST, "-m", "not browser")),
                ("tests on PostgreSQL", on_postgresql),
                ("tests in a browser", in_browser),
            ]
        return all_of(steps)


def all_of(steps: list[tuple[str, Callable[[], int]]]) -> int:
    begun = time.monotonic()
    for name, step in steps:
        at = time.monotonic()
        print(f"· {name}", flush=True)
        if step():
            print(f"\n✗ {name} failed, after {time.monotonic() - at:.0f} s", flush=True)
            return 1
        print(f"  {time.monotonic() - at:.0f} s", flush=True)
    print(f"✓ all good, in {time.monotonic() - begun:.0f} s", flush=True)
    return 0


def run(*words: str | Path, **environ: str) -> int:
    return subprocess.run(words, cwd=ROOT, env={**os.environ, **environ}, check=False).returncode


def on_postgresql() -> int:
    with running_postgresql() as address:
        return run(*PYTEST, "-m", "not browser", TEST_DATABASE=address)


def in_browser() -> int:
    chromium = find_chromium()
    if chromium is None:
        line = "━" * 100
        print(
            f"{line}\nNOT TESTED IN A BROWSER: there is no Chromium here and none could be installed.\n"
            f"Install it (Debian, Ubuntu: apt-get install chromium), or name it in CHROMIUM.\n{line}",
            flush=True,
        )
        return 0
    if not (os.environ.get("VNU_JAR") and shutil.which("java")):
        line = "━" * 100
        print(
            f"{line}\nNOT CHECKED BY THE NU HTML CHECKER: it wants Java, and its vnu.jar named in VNU_JAR.\n{line}",
            flush=True,
        )
    return run(*PYTEST, "-m", "browser", CHROMIUM=chromium)


if __name__ == "__main__":
    os.chdir(ROOT)
    shutil.rmtree(ROOT / "build" / "screens", ignore_errors=True)
    sys.exit(main())
