"""What a word is for the search: said once, for what is written and for what is sought, whatever the database.

A word is letters and digits of any script, without case and accents; ``C++`` and ``F#`` keep their ends, and a symbol
is a word by itself. Scripts that put no spaces between words (Chinese, Japanese, Thai) give each pair of letters that
stand beside each other, and the last letter alone: so any two or more of them are found.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from porch.kit.text import fold

MOST_TOKEN = 80
PLAIN = re.compile(r"[A-Za-z0-9]+(?:[+#]+(?![A-Za-z0-9+#]))?")
# Over the classes of characters, one letter each: see Classes.
WORDS = re.compile(r"w[wm]*(?:p+(?![wmp]))?|(?P<run>(?:cm*)+)|sm*")
UNIT = re.compile(r"cm*")
# Letters of scripts without spaces: Thai and Lao, Burmese, Khmer, kana, Han, kana of half width.
UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3041, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9D),
    (0x20000, 0x3FFFF),
)
# Of no width, or a part of the letter before: they part no word.
BINDING = frozenset("\u00ad\u200c\u200d\u200e\u200f\u2060\ufeff\uff9e\uff9f")
UNSOUNDED = re.compile("[\u00ad\u200c-\u200f\u2060\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff]")


@dataclass(frozen=True, slots=True)
class Token:
    """A word as the index has it, and where it stands in the text. ``is_end`` is the last letter of a run, alone."""

    text: str
    start: int
    end: int
    is_end: bool = False


class Classes(dict[int, str]):
    """The class of a character: w for words, m for what binds, c without spaces, p for + and #, s for symbols."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = found = class_of(char, code, unicodedata.category(char))
        return found


def class_of(char: str, code: int, category: str) -> str:
    """Name the class of a character."""
    if char in BINDING or category[0] == "M" or (category == "Sk" and code > 0xFFFF):
        return "m"
    if category[0] == "L":
        return "c" if any(first <= code <= last for first, last in UNSPACED) else "w"
    if category[0] == "N":
        return "w"
    if char in "+#":
        return "p"
    return "s" if category == "So" else " "


CLASSES = Classes()


def tokens(text: str) -> list[Token]:
    """Take a text apart into the words by which it is found, in their order."""
    if text.isascii():
        return [Token(m[0].lower()[:MOST_TOKEN], m.start(), m.end()) for m in PLAIN.finditer(text)]
    found: list[Token] = []
    classes = text.translate(CLASSES)
    for match in WORDS.finditer(classes):
        if match["run"]:
            found += pairs(text, [(m.start(), m.end()) for m in UNIT.finditer(classes, *match.span())])
        elif word := folded(text[match.start() : match.end()]):
            found.append(Token(word, match.start(), match.end()))
    return found


def pairs(text: str, units: list[tuple[int, int]]) -> Iterator[Token]:
    """Give each two letters of a run that stand beside each other, and the last one alone."""
    parts = [(part, start, end) for start, end in units if (part := folded(text[start:end]))]
    for (one, start, _), (other, _, end) in pairwise(parts):
        yield Token((one + other)[:MOST_TOKEN], start, end)
    for part, start, end in parts[-1:]:
        yield Token(part, start, end, is_end=True)


def folded(word: str) -> str:
    """Fold a word, and leave out what folding makes of it that is no part of a word."""
    text = UNSOUNDED.sub("", fold(word))
    if text.isalnum():
        return text[:MOST_TOKEN]
    return "".join(c for c in text if CLASSES[ord(c)] != " ")[:MOST_TOKEN]
