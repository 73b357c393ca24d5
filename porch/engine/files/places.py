"""Where this installation keeps files: the one place that will choose between stores."""

from pathlib import Path

from django.conf import settings

from porch.engine.files.store import LocalStore, Store


def store() -> Store:
    """Give the store."""
    return LocalStore(Path(settings.MEDIA_ROOT))


def drafts() -> Path:
    """Give the folder for files under way; it is on the same disk as the store."""
    return Path(settings.FILE_UPLOAD_TEMP_DIR)
