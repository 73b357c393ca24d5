"""Sets the stage before Django reads its settings: a data folder of this run's own, and nothing from outside.

``TEST_DATABASE`` names a PostgreSQL server; without it the tests run on SQLite files.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

ON_POSTGRESQL = os.environ.get("TEST_DATABASE", "")


def set_stage() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="porch-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith("PORCH_")]:
        del os.environ[name]
    os.environ["PORCH_DATA"] = str(folder)
    if ON_POSTGRESQL:
        os.environ["PORCH_DATABASE"] = ON_POSTGRESQL
    return folder


DATA = set_stage()

from porch.web.settings.folder import prepare_folder  # noqa: E402

prepare_folder(DATA)

from porch.web.settings import django as _settings  # noqa: E402

if not ON_POSTGRESQL:
    # A file, not memory: locks, threads and other processes have to meet the real thing.
    _settings.DATABASES["default"]["TEST"] = {"NAME": str(DATA / "test.sqlite3")}
