from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from porch.engine.files.store import LocalStore


@pytest.fixture
def shelf(tmp_path: Path, settings: Settings) -> LocalStore:
    """A store of this test's own."""
    settings.MEDIA_ROOT, settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "files"), str(tmp_path / "tmp")
    (tmp_path / "tmp").mkdir()
    return LocalStore(tmp_path / "files")
