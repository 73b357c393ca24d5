"""Text as people write it: one line, a number, its part of an address, its form for searching; sizes in words."""

import hashlib
import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import BadInput, Text

ELLIPSIS = "…"
MOST_SLUG = 80
UNITS = (("GB", 1e9), ("MB", 1e6), ("kB", 1e3))
READ_FOR_SLUG = 500
# Letters of the Latin script that Unicode does not decompose.
LATIN = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ħ": "h",
        "\u0131": "i",
        "ŋ": "n",
    }
)
LATIN_ACCENTS = re.compile("([a-z])[\u0300-\u036f]+")
PART = re.compile(r"(?s).{1,200}(?!\S)|.{1,200}")
NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# Unseen: bidirectional embeddings, overrides and isolates; fillers, tags, and marks of no width. They hide or
# reorder what stands beside them. Joiners and direction marks have honest uses and are looked at in their place.
UNSEEN = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u202a-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0"
    "\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
JOINERS = re.compile("[\u200c\u200d]")
DIRECTIONS = re.compile("[\u061c\u200e\u200f]")
RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class LineIsEmpty(BadInput):
    text = _("The %(name)s is empty.")
    hint = _("Write something that can be seen.")


class LineIsTooLong(BadInput):
    text = _("The %(name)s has %(length)s characters; at most %(most)s fit.")
    hint = _("Shorten it.")


class LineIsNotPlain(BadInput):
    text = _("The %(name)s holds a character that is not writing.")
    hint = _("Type it in instead of pasting it.")


def clean_line(value: str, *, most: int, name: Text) -> str:
    """Return one visible line of at most ``most`` characters: NFC, spaces collapsed, unseen characters taken out.

    Joiners stay between letters that need them (Persian, Hindi, families of emoji), direction marks in lines with
    right-to-left letters. Raises ``LineIsNotPlain`` for controls and halves of characters, ``LineIsEmpty`` and
    ``LineIsTooLong`` with ``name``, what the field is called.
    """
    if len(value) > 4 * most + 1000:  # so that nobody makes us normalise a megabyte
        raise LineIsTooLong(name=name, length=len(value), most=most)
    if NOT_TEXT.search(value):
        raise LineIsNotPlain(name=name)
    line = UNSEEN.sub("", unicodedata.normalize("NFC", value))
    line = JOINERS.sub(_needed, line)
    if not RIGHT_TO_LEFT.search(line):
        line = DIRECTIONS.sub("", line)
    line = unicodedata.normalize("NFC", " ".join(line.split()))
    if not any(map(is_seen, line)):
        raise LineIsEmpty(name=name)
    if len(line) > most:
        raise LineIsTooLong(name=name, length=len(line), most=most)
    return line


def shorten(line: str, most: int) -> str:
    """Cut a line to at most ``most`` characters, at a word if there is one, with an ellipsis after it."""
    if len(line) <= most:
        return line
    cut = line[:most].rpartition(" ")[0] or line[: most - 1]
    return cut.rstrip(" ,;:.-\u2013\u2014\u2026") + ELLIPSIS


def size_in_words(size: float) -> str:
    """Write a number of bytes for people, with one decimal, in steps of a thousand."""
    for unit, step in UNITS:
        if size >= 0.9995 * step:
            return f"{size / step:,.1f} {unit}"
    return f"{size:.0f} B"


def read_number(text: str, *, most_digits: int = 18) -> int | None:
    """Read a whole number that is not negative, as forms and addresses send it; None for anything else."""
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= most_digits else None


def slug(text: str) -> str:
    """Return the part of an address that stands for a text: letters and digits of any script, and hyphens.

    Lower case, Latin letters without their accents, at most ``MOST_SLUG`` characters. A text without letters gets
    ten hexadecimal digits made from it, so that the part is never empty and rarely that of another text.
    """
    begin = text[:READ_FOR_SLUG]
    letters = unicodedata.normalize("NFKC", begin).lower().translate(LATIN)
    letters = LATIN_ACCENTS.sub(r"\1", unicodedata.normalize("NFD", letters))
    words = "".join(c if _is_letter(c) else " " for c in unicodedata.normalize("NFC", letters)).split()
    whole = "-".join(stripped for word in words if (stripped := _without_loose_marks(word)))
    if len(whole) > MOST_SLUG:
        whole = whole[: MOST_SLUG + 1].rpartition("-")[0] or whole[:MOST_SLUG]
    return whole or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:10]


def fold(text: str) -> str:
    """Return a text without case and accents, for searching: what is searched and what is sought are both folded.

    Vowel signs that are letters of their own (Hindi, Thai) stay. Positions in the text are not kept.
    """
    if text.isascii():
        return text.lower()
    # Sorting a long run of marks takes time with the square of its length, so the text is taken in parts.
    return "".join(map(_fold_part, PART.findall(text)))


def _fold_part(text: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold()).translate(LATIN)
    return unicodedata.normalize("NFC", "".join(c for c in letters if not _is_accent(c)))


def _is_accent(char: str) -> bool:
    """Tell accents, Hebrew points and Arabic vowels (classes of Unicode) from signs that make another letter."""
    combining = unicodedata.combining(char)
    return 10 <= combining <= 35 or 200 <= combining <= 240


def _is_letter(char: str) -> bool:
    return unicodedata.category(char) in {
        "Ll",
        "Lo",
        "Lm",
        "Lu",
        "Lt",
        "Mn",
        "Mc",
        "Nd",
    } and not UNSEEN.match(char)


def _without_loose_marks(word: str) -> str:
    while word and unicodedata.category(word[0])[0] == "M":
        word = word[1:]
    return word


def is_seen(char: str) -> bool:
    """Say whether a character leaves a mark on paper: no space, control or mark upon another."""
    return unicodedata.category(char)[0] not in "CZM"


def _needed(joiner: re.Match[str]) -> str:
    """Keep a joiner between two characters that are neither ASCII nor spaces."""
    line, at = joiner.string, joiner.start()
    around = line[at - 1 : at] + line[at + 1 : at + 2]
    return (
        joiner[0]
        if len(around) == 2 and not any(c.isascii() or c.isspace() or JOINERS.match(c) for c in around)
        else ""
    )
