"""Archives are looked through before they are kept: what whoever unpacks them would get, and how much of it.

The list at the end, each file's own head and the bytes in between must tell one story. Everything is unpacked
once, in small pieces and for nobody, because sizes can lie; archives inside are looked through likewise.
"""

import re
import stat
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import BinaryIO

from porch.kit.formats.documents import ARCHIVE_END, ARCHIVE_TAIL, size_of, tail

MOST_ENTRIES = 10_000
MOST_BYTES = 1_000_000_000
MOST_RATIO = 100
RATIO_COUNTS_FROM = 10_000_000
MOST_LEVELS = 3
CHUNK = 262_144
ENTRY = struct.Struct("<4s6H3I5H2I")
HEAD = struct.Struct("<4s5H3I2H")
STORED, DEFLATED = 0, 8
WINDOWS_DRIVE = re.compile(r"[A-Za-z]:")


class Unfit(Exception):
    """An archive that is not kept. ``why``: broken, too-big, too-deep, names."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Entry:
    method: int
    crc: int
    packed: int
    unpacked: int
    offset: int
    name: bytes


@dataclass(slots=True)
class Budget:
    """What all levels of an archive share."""

    entries: int = MOST_ENTRIES
    unpacked: int = MOST_BYTES

    def spend(self, entries: int, unpacked: int) -> None:
        self.entries -= entries
        self.unpacked -= unpacked
        if self.entries < 0 or self.unpacked < 0:
            raise Unfit("too-big")


def look_through(file: BinaryIO, *, folder: str, budget: Budget | None = None, level: int = 1) -> None:
    """Look through an archive and the archives in it; ``folder`` is for what is unpacked meanwhile.

    Raises Unfit. Formats: PKWARE's APPNOTE 6.3, without ZIP64, parts and methods other than stored and deflated.
    """
    if level > MOST_LEVELS:
        raise Unfit("too-deep")
    budget = budget or Budget()
    listed, start = read_list(file)
    packed, unpacked = sum(each.packed for each in listed), sum(each.unpacked for each in listed)
    if unpacked > RATIO_COUNTS_FROM and unpacked > MOST_RATIO * packed:
        raise Unfit("too-big")
    budget.spend(len(listed), unpacked)
    listed.sort(key=lambda each: each.offset)
    ends = [each.offset for each in listed[1:]] + [start]
    for entry, end in zip(listed, ends, strict=True):
        begin = read_head(file, entry, end)
        with TemporaryFile(dir=folder) as inner:
            is_archive = unpack(file, entry, begin, inner)
            if is_archive:
                look_through(inner, folder=folder, budget=budget, level=level + 1)


def read_list(file: BinaryIO) -> tuple[list[Entry], int]:
    """Read the list of files at the end of an archive; give it, and where it begins."""
    end = tail(file, ARCHIVE_TAIL)
    at = end.rfind(ARCHIVE_END)
    if at < 0 or len(end) - at < 22:
        raise Unfit("broken")
    parts, size, start, comment = struct.unpack("<10xHIIH", end[at : at + 22])
    place = size_of(file) - len(end) + at
    # Whatever stands behind the end or in front of the list would be seen by some readers and not by others.
    if at + 22 + comment != len(end) or start + size != place or size > MOST_ENTRIES * 1_000:
        raise Unfit("broken")
    if parts > MOST_ENTRIES:
        raise Unfit("too-big")
    file.seek(start)
    listed = list(entries(file.read(size)))
    if len(listed) != parts or not listed:
        raise Unfit("broken")
    return listed, start


def entries(listing: bytes) -> Iterator[Entry]:
    """Read the entries of a list, each held to what a name may be."""
    at = 0
    while at < len(listing):
        if len(listing) - at < ENTRY.size:
            raise Unfit("broken")
        cells = ENTRY.unpack_from(listing, at)
        sign, flags, method = cells[0], cells[3], cells[4]
        crc, packed, unpacked, long_name, extra, comment, disk = cells[7:14]
        attributes, offset = cells[15], cells[16]
        name = listing[at + ENTRY.size : at + ENTRY.size + long_name]
        # Encrypted files cannot be looked through, and parts on other disks are not here.
        if sign != b"PK\x01\x02" or method not in (STORED, DEFLATED) or flags & 0x2041 or disk:
            raise Unfit("broken")
        if stat.S_IFMT(attributes >> 16) not in (0, stat.S_IFREG, stat.S_IFDIR):  # a link leads elsewhere
            raise Unfit("names")
        check_name(name, is_utf8=bool(flags & 0x800))
        yield Entry(method, crc, packed, unpacked, offset, name)
        at += ENTRY.size + long_name + extra + comment


def check_name(raw: bytes, *, is_utf8: bool) -> None:
    """Refuse a name that leads out of the folder it is unpacked in, or that some systems would read otherwise."""
    try:
        name = raw.decode("utf-8" if is_utf8 else "cp437")
    except UnicodeDecodeError as error:
        raise Unfit("names") from error
    is_bad = "\\" in name or "\0" in name or name.startswith("/") or WINDOWS_DRIVE.match(name)
    if not name or is_bad or ".." in name.split("/"):
        raise Unfit("names")


def read_head(file: BinaryIO, entry: Entry, end: int) -> int:
    """Read a file's own head, which must agree with the list; give where its bytes begin."""
    file.seek(entry.offset)
    raw = file.read(HEAD.size)
    if len(raw) < HEAD.size or raw[:4] != b"PK\x03\x04":
        raise Unfit("broken")
    cells = HEAD.unpack(raw)
    method, long_name, extra = int(cells[3]), int(cells[9]), int(cells[10])
    if method != entry.method or file.read(long_name) != entry.name:
        raise Unfit("broken")
    begin = entry.offset + HEAD.size + long_name + extra
    if begin + entry.packed > end:
        raise Unfit("too-big")  # it reaches into the next one: few bytes that unpack to many
    return begin


def unpack(file: BinaryIO, entry: Entry, begin: int, into: BinaryIO) -> bool:
    """Unpack one file, which must be as long as it says; say whether it is an archive, which then is in ``into``."""
    length, crc, is_archive = 0, 0, False
    for piece in pieces(file, entry, begin):
        if not length:
            is_archive = piece.startswith(b"PK\x03\x04")
        length += len(piece)
        if length > entry.unpacked:
            raise Unfit("too-big")
        crc = zlib.crc32(piece, crc)
        if is_archive:
            into.write(piece)
    if length != entry.unpacked or crc != entry.crc:
        raise Unfit("broken")
    return is_archive


def pieces(file: BinaryIO, entry: Entry, begin: int) -> Iterator[bytes]:
    """Give what a file unpacks to in pieces of bounded size."""
    file.seek(begin)
    left = entry.packed
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS) if entry.method == DEFLATED else None
    try:
        while left and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            if unpacker is None:
                yield chunk
                continue
            while chunk:
                piece = unpacker.decompress(chunk, CHUNK)
                if piece:
                    yield piece
                chunk = unpacker.unconsumed_tail
                if unpacker.eof:
                    break
        if unpacker is not None:
            yield from filter(None, [unpacker.flush()])
            if not unpacker.eof or unpacker.unused_data:
                raise Unfit("broken")
    except zlib.error as error:
        raise Unfit("broken") from error
    if left:
        raise Unfit("broken")
