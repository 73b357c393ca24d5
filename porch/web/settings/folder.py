"""The data folder, and in it the key that signs cookies, made once."""

import os
import secrets
from pathlib import Path

NAME = "secret.key"


def read_key(folder: Path) -> str:
    """Read the key of this installation; empty where none has been made yet."""
    try:
        return (folder / NAME).read_text().strip()
    except FileNotFoundError:
        return ""


def prepare_folder(folder: Path) -> None:
    """Make the data folder, its key and the room for uploads under way, unless they are there.

    Two processes that start at once agree on the key. Raises OSError where the disk will not have it.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    (folder / "tmp").mkdir(exist_ok=True)
    if read_key(folder):
        return
    draft = folder / f"{NAME}.{os.getpid()}"
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(draft, folder / NAME)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
