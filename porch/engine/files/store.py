"""Where bytes are kept, by what they are: a small door, behind which a local folder stands today."""

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Protocol

from porch.kit.ids import new_token

CHUNK = 1_048_576
DRAFT = "file-"


class Store(Protocol):
    """A store of bytes under the SHA-256 of each, in hexadecimal. What is in it never changes."""

    def put(self, draft: Path, sha256: str) -> None: ...
    def open(self, sha256: str) -> BinaryIO: ...
    def delete(self, sha256: str) -> None: ...
    def size(self, sha256: str) -> int | None: ...
    def walk(self) -> Iterator[tuple[str, int, float]]: ...


class LocalStore:
    """``folder/ab/cd/<sha256>`` on this machine."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256[2:4] / sha256

    def put(self, draft: Path, sha256: str) -> None:
        """Give a finished draft its name, unless the same bytes have it already. The draft must be on the disk."""
        path = self.path(sha256)
        draft.chmod(0o400)
        folders = (self.folder, path.parent.parent, path.parent)
        for folder in folders:
            folder.mkdir(mode=0o700, exist_ok=True)
        with suppress(FileExistsError):
            # A link never replaces: either the whole file has its name, or there is none.
            os.link(draft, path)
            for folder in reversed(folders):
                flush_folder(folder)

    def open(self, sha256: str) -> BinaryIO:
        return self.path(sha256).open("rb")

    def delete(self, sha256: str) -> None:
        self.path(sha256).unlink(missing_ok=True)

    def size(self, sha256: str) -> int | None:
        """Give how many bytes are kept, None where there are none."""
        try:
            return self.path(sha256).stat().st_size
        except FileNotFoundError:
            return None

    def walk(self) -> Iterator[tuple[str, int, float]]:
        """Give the name of each file that is kept, its bytes, and when it came, in seconds since 1970."""
        for folder, _, names in os.walk(self.folder):
            for name in names:
                with suppress(FileNotFoundError):
                    found = os.stat(os.path.join(folder, name))
                    yield name, found.st_size, found.st_mtime


def new_draft(folder: Path) -> Path:
    """Name a file for bytes under way. What a crash leaves behind there is swept away a day later."""
    return folder / f"{DRAFT}{new_token()}"


def write_draft(stream: BinaryIO, draft: Path, *, most: int) -> tuple[str, int]:
    """Write a stream to a draft and onto the disk; give its SHA-256 and length.

    Stops as soon as there are more than ``most`` bytes: the length says so.
    """
    sums, length = hashlib.sha256(), 0
    with draft.open("xb") as file:
        while length <= most and (chunk := stream.read(CHUNK)):
            length += len(chunk)
            sums.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return sums.hexdigest(), length


def hash_of(file: BinaryIO) -> str:
    """Compute the SHA-256 of a file, in hexadecimal."""
    sums = hashlib.sha256()
    while chunk := file.read(CHUNK):
        sums.update(chunk)
    return sums.hexdigest()


def flush_folder(folder: Path) -> None:
    """Put the names in a folder onto the disk."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
