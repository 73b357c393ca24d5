"""Reading a list of addresses as people have them: pasted from a mail, a table, or one a line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from porch.kit.addresses import NotAnAddress
from porch.people.identity.addresses import sign_in_address

LINE = re.compile(r"\r\n|\r|\n")
BETWEEN = re.compile(r"[,;\t]")
IN_BRACKETS = re.compile(r"<([^<>]*)>")
AROUND = "\"'()[]<>"
MOST_SHOWN = 120


@dataclass(frozen=True, slots=True)
class Entry:
    """One address of a list: the number of its line, from 1, what stood there, and the address, empty where none is."""

    line: int
    text: str
    address: str


def read_list(text: str) -> Iterator[Entry]:
    """Read every address in a text, in order.

    Takes ``Name <a@b>``, commas, semicolons, tabs and lines in any mixture. What has no ``@`` beside an address is a
    name or another column; a line without any address is given with none, unless it is the first: a heading.
    """
    for number, line in enumerate(LINE.split(text.removeprefix("\ufeff")), start=1):
        found = [piece for part in BETWEEN.split(line) for piece in addresses_in(part)]
        if not found and line.strip() and number > 1:
            yield Entry(number, line.strip()[:MOST_SHOWN], "")
        for piece in found:
            yield Entry(number, piece[:MOST_SHOWN], cleaned(piece))


def addresses_in(part: str) -> list[str]:
    """Give what looks like an address in a part of a line: what stands in angle brackets, else the words with an @."""
    if "@" not in part:
        return []
    bracketed = [inner.strip() for inner in IN_BRACKETS.findall(part) if "@" in inner]
    return bracketed or [word for word in part.split() if "@" in word]


def cleaned(piece: str) -> str:
    """Give an address in the spelling under which somebody signs in, or nothing."""
    try:
        return sign_in_address(piece.strip(AROUND).removeprefix("mailto:"))
    except NotAnAddress:
        return ""


def decoded(data: bytes) -> str:
    """Read a file of a list: UTF-8, UTF-16 with its mark, or what older tables of Western Europe are written in."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
