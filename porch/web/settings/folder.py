"""The data folder, and in it the key that signs cookies, made once."""

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from porch.web.settings.options import SettingsError

NAME = "secret.key"
SHORTEST = 40
# Where a restore puts together what it restores, and the file that says that all of it is there.
STAGE = ".restore"
READY = "READY"


def read_key(folder: Path) -> str:
    """Read the key of this installation; empty where none has been made yet."""
    file = folder / NAME
    try:
        key = file.read_text("ascii").strip()
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError:
        key = ""
    if len(key) < SHORTEST or not key.isprintable():
        raise SettingsError(f"{file} holds no key. Remove it: a new one is made, and everyone signs in anew.")
    return key


def prepare_folder(folder: Path) -> None:
    """Make the data folder, its key and the room for uploads under way, unless they are there.

    Two processes that start at once agree on the key. Raises OSError where the disk will not have it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    finish_restore(folder)
    (folder / "tmp").mkdir(exist_ok=True)
    if read_key(folder):
        return
    # Written whole and flushed before it gets its name, so that nobody ever reads half a key.
    with NamedTemporaryFile("w", dir=folder) as draft:
        draft.write(secrets.token_urlsafe(64))
        draft.flush()
        os.fsync(draft.fileno())
        with suppress(FileExistsError):
            os.link(draft.name, folder / NAME)


def finish_restore(folder: Path) -> bool:
    """Move into place what a restore has put together, if it came that far; say whether it had.

    Killed on the way, the next one goes on. The key comes last: without it nobody takes the folder for a Porch.
    """
    stage = folder / STAGE
    if not (stage / READY).exists():
        if (folder / NAME).exists():
            shutil.rmtree(stage, ignore_errors=True)
        return False
    for name in [*sorted({each.name for each in stage.iterdir()} - {READY, NAME}), NAME]:
        if (stage / name).exists():
            os.replace(stage / name, folder / name)
    handle = os.open(folder, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
    shutil.rmtree(stage)
    return True
