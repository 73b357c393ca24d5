"""The key that signs cookies, made once and kept in the data folder."""

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


def make_key(folder: Path) -> None:
    """Make the data folder and its key, unless they are there. Two processes that start at once agree."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
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
