"""What a text may be: each bound keeps the work linear in the length of the text."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from markdown_it.token import Token

from porch.kit.refusals import BadInput

MOST_CHARACTERS = 100_000
MOST_LINES = 10_000  # each open quote and list looks at each line after it, even if that is one letter
MOST_DEPTH = 20  # elements within elements: nine lists in each other, or nineteen quotes
MOST_CELLS = 10_000  # of all tables; a row of one character is filled up with empty cells
MOST_EXPANSION = (
    400_000  # characters of addresses and titles, which a reference can repeat for four characters
)
MOST_NAMES = 50

# Controls that neither HTML nor XML can hold, and noncharacters. Tab and line feed stay.
UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


class TextIsTooLong(BadInput):
    text = _("The text has %(length)s characters; at most %(most)s fit.")
    hint = _("Shorten it, or make two of it.")


class TextHasTooManyLines(BadInput):
    text = _("The text has %(count)s lines; at most %(most)s fit.")
    hint = _("Shorten it, or make two of it.")


class TablesAreTooLarge(BadInput):
    text = _("The tables of this text have more than %(most)s cells.")
    hint = _("Put the table in a file and attach it.")


class TextIsNotPlain(BadInput):
    text = _("The text holds bytes that are not writing.")
    hint = _("It may have been copied from a file that is not text. Paste it again as plain text.")


class TextIsTooDeep(BadInput):
    text = _("The text has more than %(most)s layers of lists, quotes or emphasis within each other.")
    hint = _("Take some of the layers away.")


class TextGrowsTooMuch(BadInput):
    text = _("The links of this text would make a page too large to show.")
    hint = _("Use fewer links with long addresses.")


class TooManyNames(BadInput):
    text = _("The text names %(count)s different people or things; at most %(most)s fit.")
    hint = _("Name fewer of them, or make two texts of it.")


def clean_source(source: str) -> str:
    """Return the text with plain line ends and without invisible controls; refuse what is too long or no text."""
    if len(source) > MOST_CHARACTERS:
        raise TextIsTooLong(length=len(source), most=MOST_CHARACTERS)
    if _NOT_TEXT.search(source):
        raise TextIsNotPlain
    source = UNSHOWABLE.sub("", _LINE_ENDS.sub("\n", source))
    if (lines := source.count("\n") + 1) > MOST_LINES:
        raise TextHasTooManyLines(count=lines, most=MOST_LINES)
    return source


def check_depth(tokens: Iterable[Token]) -> None:
    """Refuse what nests deeper than a person would write: parsers and browsers recurse."""
    for token in tokens:
        depth = token.level
        if depth > MOST_DEPTH:
            raise TextIsTooDeep(most=MOST_DEPTH)
        for child in token.children or ():
            depth += child.nesting
            if depth > MOST_DEPTH:
                raise TextIsTooDeep(most=MOST_DEPTH)


def check_growth(tokens: Iterable[Token]) -> None:
    """Refuse a short text of many references to one long address: the page would be a thousand times its size."""
    growth = 0
    for token in tokens:
        for child in token.children or ():
            if child.attrs:
                growth += sum(len(str(value)) for value in child.attrs.values())
                if growth > MOST_EXPANSION:
                    raise TextGrowsTooMuch
