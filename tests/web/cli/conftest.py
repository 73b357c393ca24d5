import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import blank
from tests.porch_server import PORCH

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def porch(tmp_path: Path, porch_anew: Run) -> Run:
    """Type a porch command in a house of this test's own; PORCH_ settings come as keywords."""
    blank.copy_into(tmp_path / "data")
    return porch_anew


@pytest.fixture
def porch_anew(tmp_path: Path) -> Run:
    """The same on the first day, when there is no data folder."""

    def run(*words: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        environ = {key: value for key, value in os.environ.items() if not key.startswith("PORCH_")}
        environ["PORCH_DATA"] = str(tmp_path / "data")
        environ |= {f"PORCH_{name.upper()}": value for name, value in settings.items()}
        return subprocess.run(
            [*PORCH, *words], env=environ, cwd=tmp_path, capture_output=True, text=True, timeout=60
        )

    return run
