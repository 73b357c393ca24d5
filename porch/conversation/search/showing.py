"""What a post that was found shows: the words that were sought, marked where they stand, and what stands around."""

from collections.abc import Sequence
from dataclasses import dataclass

from porch.conversation.search.asking import Term
from porch.conversation.search.tokens import Token, tokens
from porch.conversation.search.words import shown_text

AROUND, MOST_READ = 240, 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a text, marked or not."""

    text: str
    is_hit: bool = False


def marked(text: str, terms: Sequence[Term]) -> list[Piece]:
    """Mark what was sought in a whole text."""
    return pieces(text, hits(tokens(text), terms), 0, len(text))


def excerpt(html: str, terms: Sequence[Term]) -> list[Piece]:
    """Show what stands around the first words that were found, with all in it that was found marked."""
    text = " ".join(shown_text(html)[:MOST_READ].split())
    found = hits(tokens(text), terms) if terms else []
    start = begin_at(text, found[0][0]) if found else 0
    end = end_at(text, start + AROUND)
    shown = pieces(text, [each for each in found if each[0] >= start and each[1] <= end], start, end)
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return [Piece(before), *shown, Piece(after)]


def hits(found: Sequence[Token], terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Give from where to where a text has what was sought, in order, and none within another."""
    spans = []
    first: dict[str, list[Term]] = {}
    for term in terms:
        first.setdefault(term.words[0] if not is_short(term) else "", []).append(term)
    open_ended = first.pop("", [])
    for n, token in enumerate(found):
        for term in (*first.get(token.text, ()), *open_ended):
            if stands_at(found, n, term):
                spans.append((token.start, found[n + len(term.words) - 1].end))
    return joined(sorted(spans))


def is_short(term: Term) -> bool:
    """Say whether a term is one word of which only the beginning was given."""
    return term.is_beginning and len(term.words) == 1


def stands_at(found: Sequence[Token], n: int, term: Term) -> bool:
    """Say whether a term begins with the n-th word of a text."""
    words = [each.text for each in found[n : n + len(term.words)]]
    if len(words) < len(term.words) or words[:-1] != list(term.words[:-1]):
        return False
    return words[-1].startswith(term.words[-1]) if term.is_beginning else words[-1] == term.words[-1]


def joined(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Make one of spans that overlap or touch, as pairs of letters of one word do."""
    made: list[tuple[int, int]] = []
    for start, end in spans:
        if made and start <= made[-1][1]:
            made[-1] = (made[-1][0], max(end, made[-1][1]))
        else:
            made.append((start, end))
    return made


def pieces(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> list[Piece]:
    """Cut a part of a text at what is marked in it."""
    cut = []
    for begin, stop in spans:
        if begin > start:
            cut.append(Piece(text[start:begin]))
        cut.append(Piece(text[begin:stop], is_hit=True))
        start = stop
    return [*cut, Piece(text[start:end])] if start < end else cut


def begin_at(text: str, hit: int) -> int:
    """Say where an excerpt begins: a little before what was found, at a word if there is one near."""
    if hit <= AROUND // 3:
        return 0
    start = hit - AROUND // 3
    space = text.find(" ", start, hit)
    return start if space < 0 else space + 1


def end_at(text: str, end: int) -> int:
    """Say where an excerpt ends: at a word, if there is one near."""
    if end >= len(text):
        return len(text)
    space = text.rfind(" ", end - AROUND // 4, end)
    return end if space < 0 else space
