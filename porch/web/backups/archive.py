"""The format: a plain tar with a manifest first and a list of SHA-256 sums last. See docs/operations.md.

We write only what POSIX tar writes for plain files, and read only what we write: one spelling of each header, no
links, no folders, nothing behind the end. So an archive that was cut off, changed or made elsewhere is noticed.
"""

import hashlib
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from porch.web.backups.words import MOST_BYTES, BackupFailed, Manifest, NotRestorable, read_manifest

MANIFEST = "manifest.json"
LIST = "SHA256SUMS"
KEY = "secret.key"
SQLITE = "database/porch.sqlite3"
SEQUENCES = "database/sequences.json"
BLOCK = 512
END = bytes(2 * BLOCK)
CHUNK = 1 << 20
# Written out little by little, so that whoever else waits for the disk never waits for all of it.
SYNC_EVERY = 32 << 20
NAME = re.compile(
    r"(?:database/|files/)(?:[\w-][\w.-]*/)*[\w-][\w.-]*|manifest\.json|secret\.key|SHA256SUMS", re.A
)
Told = Callable[[int], object]


class Writer:
    """Writes an archive into a file or a pipe. ``told`` hears of every so many bytes."""

    def __init__(self, out: BinaryIO, *, at: datetime, told: Told = lambda size: None) -> None:
        self.out, self.at, self.told = out, int(at.timestamp()), told
        self.sums: list[str] = []
        self.unsynced = 0

    def add(self, name: str, data: bytes) -> None:
        self.copy(name, len(data), BytesIO(data))

    def copy(self, name: str, size: int, source: BinaryIO) -> str:
        """Write a member of so many bytes; give its SHA-256. Raises BackupFailed where there are fewer."""
        if not NAME.fullmatch(name) or len(name) > 100:
            raise BackupFailed(f"{name!r} is no name for a file in a backup")
        self.out.write(header(name, size, self.at))
        digest = hashlib.sha256()
        left = size
        while left:
            chunk = source.read(min(CHUNK, left))
            if not chunk:
                raise BackupFailed(f"{name} grew shorter while it was read")
            digest.update(chunk)
            self.out.write(chunk)
            left -= len(chunk)
            self.tell(len(chunk))
        self.out.write(bytes(-size % BLOCK))
        self.sums.append(f"{digest.hexdigest()}  {name}\n")
        return digest.hexdigest()

    def tell(self, size: int) -> None:
        self.told(size)
        self.unsynced += size
        if self.unsynced >= SYNC_EVERY:
            self.unsynced = 0
            write_out(self.out)

    def finish(self) -> None:
        """Write the list and the end."""
        text = "".join(self.sums).encode()
        self.out.write(header(LIST, len(text), self.at) + text + bytes(-len(text) % BLOCK) + END)
        write_out(self.out)


def write_out(out: BinaryIO) -> None:
    """Have the disk write what there is by now, and let the memory go that it took. A pipe has no disk."""
    out.flush()
    try:
        os.fsync(out.fileno())
        os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    except (OSError, AttributeError) as error:
        if out.seekable():
            raise BackupFailed(f"the backup could not be written: {error}") from error


def header(name: str, size: int, at: int) -> bytes:
    """Write the block before a member."""
    info = tarfile.TarInfo(name)
    info.size, info.mtime, info.mode = size, at, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: where its bytes begin and how many they are."""

    name: str
    size: int
    start: int


@dataclass(frozen=True, slots=True)
class Archive:
    """An archive that has been read through and found whole. ``sums`` is the SHA-256 of each member."""

    path: Path
    manifest: Manifest
    members: list[Member]
    sums: dict[str, str]
    id: str


def verify(path: Path, told: Told = lambda size: None) -> Archive:
    """Read an archive to its end and compare every sum, or raise NotRestorable with the reason."""
    with path.open("rb") as file:
        walk = members(file)
        first = next(walk)
        if first.name != MANIFEST or first.size > MOST_BYTES:
            raise NotRestorable(f"{path.name} is no backup of Porch: {MANIFEST} does not stand first in it")
        manifest = read_manifest(read(file, first))
        found, sums = [first], {MANIFEST: sum_of(file, first, told)}
        for each in walk:
            if each.name in sums:
                raise NotRestorable(f"{each.name} is in the backup twice")
            if found[-1].name == LIST:
                raise NotRestorable(f"{each.name} stands behind the end of the backup")
            found.append(each)
            sums[each.name] = sum_of(file, each, told)
        if found[-1].name != LIST:
            raise NotRestorable("the backup was cut off: its list is missing")
        given = read(file, found.pop())
        own = sums.pop(LIST)
    require_same("".join(f"{sums[each.name]}  {each.name}\n" for each in found), given)
    return Archive(path, manifest, found, sums, own)


def require_same(listed: str, given: bytes) -> None:
    """Raise NotRestorable, naming what differs, where the list at the end is not what was found."""
    if listed.encode() == given:
        return
    kept = set(given.decode("utf-8", "replace").splitlines())
    wrong = [line.partition("  ")[2] for line in listed.splitlines() if line not in kept]
    what = f"{wrong[0]} is not what was backed up" if wrong else "a file that is on its list is not in it"
    raise NotRestorable(f"the backup is damaged: {what}")


def members(file: BinaryIO) -> Iterator[Member]:
    """Walk from header to header, and insist on the one spelling that we write."""
    size, at = os.fstat(file.fileno()).st_size, 0
    while True:
        file.seek(at)
        block = file.read(BLOCK)
        if block == bytes(BLOCK) and at:
            if file.read() != bytes(BLOCK):
                raise NotRestorable("the backup was cut off, or goes on behind its end")
            return
        member = read_header(block, at)
        at = member.start + member.size
        if at + -member.size % BLOCK > size:
            raise NotRestorable(f"the backup was cut off: {member.name} is not all there")
        yield member
        file.seek(at)
        if any(file.read(-member.size % BLOCK)):
            raise NotRestorable(f"the backup is damaged behind {member.name}")
        at += -member.size % BLOCK


def read_header(block: bytes, at: int) -> Member:
    """Read the block before a member, or raise NotRestorable with what is odd about it."""
    if len(block) < BLOCK:
        raise NotRestorable("the backup was cut off" if at else "this is no backup of Porch")
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    except (tarfile.HeaderError, ValueError) as error:
        what = f"the backup is damaged at byte {at}" if at else "this is no backup of Porch"
        raise NotRestorable(what) from error
    if info.type != tarfile.REGTYPE:
        raise NotRestorable(f"{info.name!r} is no plain file: Porch did not make this archive")
    if not NAME.fullmatch(info.name):
        raise NotRestorable(f"{info.name!r} is no name that Porch gives: it did not make this archive")
    if info.size < 0 or header(info.name, info.size, int(info.mtime)) != block:
        raise NotRestorable(f"the head of {info.name} is damaged, or was written by another program")
    return Member(info.name, info.size, at + BLOCK)


def read(file: BinaryIO, member: Member) -> bytes:
    """Give a small member whole."""
    return b"".join(chunks(file, member))


def sum_of(file: BinaryIO, member: Member, told: Told = lambda size: None) -> str:
    """Give the SHA-256 of a member."""
    digest = hashlib.sha256()
    for chunk in chunks(file, member):
        digest.update(chunk)
        told(len(chunk))
    return digest.hexdigest()


def chunks(file: BinaryIO, member: Member) -> Iterator[bytes]:
    """Give the bytes of a member, a megabyte at a time."""
    file.seek(member.start)
    left = member.size
    while left:
        chunk = file.read(min(CHUNK, left))
        if not chunk:
            raise NotRestorable(f"the backup was cut off: {member.name} is not all there")
        left -= len(chunk)
        yield chunk
