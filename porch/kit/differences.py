"""What changed between two wordings, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|\w+|[^\w\s]")
# Comparing costs more than the product of both sides; what is longer is compared by lines, and then as a whole.
MOST_PIECES = 300


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text: ``kind`` is "same", "gone" or "new"."""

    kind: str
    text: str


def differences(before: str, after: str) -> list[Piece]:
    """Give both wordings in one: what stayed, what went and what came, in reading order."""
    for cut in (WORDS.findall, lambda text: text.splitlines(keepends=True)):
        old, new = cut(before), cut(after)
        start = same_at_start(old, new)
        end = same_at_start(old[start:][::-1], new[start:][::-1])
        middle = old[start : len(old) - end], new[start : len(new) - end]
        if max(map(len, middle)) <= MOST_PIECES:
            same = Piece("same", "".join(old[:start])), Piece("same", "".join(old[len(old) - end :]))
            found = [same[0], *compared(*middle), same[1]]
            return [piece for piece in found if piece.text]
    return [piece for piece in (Piece("gone", before), Piece("new", after)) if piece.text]


def same_at_start(old: list[str], new: list[str]) -> int:
    """Count the pieces with which both begin."""
    return next(
        (n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new))
    )


def compared(old: list[str], new: list[str]) -> list[Piece]:
    """Compare two short lists of pieces of text."""
    found: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", "".join(old[a:b])))
        else:
            found += [Piece("gone", "".join(old[a:b])), Piece("new", "".join(new[c:d]))]
    return found
