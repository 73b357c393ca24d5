"""Server and worker killed a hundred times over, on both databases: ``make storm``. ``KILLS`` says how often."""

import os
import sys
import tempfile

from tests.postgres import running_postgresql
from tests.suite import ROOT, all_of, run

STORMS = ("tests/faults", "tests/engine/jobs/test_kill_the_worker.py")
PYTEST = [sys.executable, "-m", "pytest", "-q", *STORMS]


def main() -> int:
    os.environ.setdefault("KILLS", "100")
    with tempfile.TemporaryDirectory(prefix="porch-storm-") as data:
        os.environ.update(PORCH_DATA=data, PYTHONDONTWRITEBYTECODE="1")
        return all_of([("a storm on SQLite", lambda: run(*PYTEST)), ("a storm on PostgreSQL", on_postgresql)])


def on_postgresql() -> int:
    with running_postgresql() as address:
        return run(*PYTEST, TEST_DATABASE=address)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
