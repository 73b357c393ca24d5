import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.laws.trees import ROOT


@pytest.fixture(scope="module")
def copy_of_porch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the house to plant offences in: its code and its configuration."""
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "porch", folder / "porch", ignore=shutil.ignore_patterns("__pycache__", "static"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    yield folder
    shutil.rmtree(folder)
