"""What somebody typed into the search, read: words, phrases, what is left out, operators; and what is wrong with it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from porch.conversation.search.engines import Word
from porch.conversation.search.tokens import tokens

MOST_TYPED, MOST_TERMS, SHORTEST_BEGINNING = 300, 16, 3
PART = re.compile(r"""(-?)(?:([A-Za-z]+):(?="|[^\s:/]))?("[^"]*"?|\S+)""")
QUOTES = str.maketrans("\u201c\u201d\u201e\u201f\u00ab\u00bb", '""""""')


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand beside each other in this order; of the last one the beginning is enough, where it says so."""

    words: tuple[str, ...]
    is_beginning: bool = False

    def said(self, mark: str = "") -> str:
        """Give it as it stands in the words of a post."""
        end = "" if self.is_beginning else " "
        return " " + " ".join(mark + each for each in self.words) + end


@dataclass(frozen=True, slots=True)
class Operator:
    """A condition such as ``in:workshop``; ``typed`` is how it was written."""

    name: str
    value: str
    is_not: bool
    typed: str


@dataclass(slots=True)
class Asked:
    """What is sought, and what could not be understood of it."""

    terms: list[Term] = field(default_factory=list)
    without: list[Term] = field(default_factory=list)
    operators: list[Operator] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def words(self) -> Sequence[Word]:
        """Give the single words of what is sought, each once."""
        found = [
            Word(each, term.is_beginning and n == len(term.words) - 1)
            for term in self.terms
            for n, each in enumerate(term.words)
        ]
        return list(dict.fromkeys(found))

    @property
    def phrases(self) -> list[Term]:
        return [each for each in self.terms if len(each.words) > 1]


def read_query(typed: str, operators: Sequence[str]) -> Asked:
    """Read what somebody typed; ``operators`` are the names of those there are. Nothing is refused."""
    asked = Asked()
    if len(typed) > MOST_TYPED:
        asked.problems.append(_("Only the first %(most)s characters count.") % {"most": MOST_TYPED})
    for match in PART.finditer(typed[:MOST_TYPED].translate(QUOTES)):
        sign, name, said = match[1], (match[2] or "").lower(), match[3]
        if name in operators:
            asked.operators.append(Operator(name, said.strip('"').strip(), bool(sign), match[0]))
            continue
        whole = match[0][len(sign) :]
        if term := read_term(whole, asked):
            (asked.without if sign else asked.terms).append(term)
    if len(asked.terms) + len(asked.without) > MOST_TERMS:
        asked.problems.append(_("Only the first %(most)s words count.") % {"most": MOST_TERMS})
        del asked.terms[MOST_TERMS:], asked.without[MOST_TERMS:]
    return asked


def read_term(said: str, asked: Asked) -> Term | None:
    """Read a word or a phrase. What has several words in it, such as ``e-mail``, asks for them beside each other."""
    found = tokens(said)
    if not found:
        if said.strip('"'):
            asked.problems.append(_("“%(word)s” has no letters to search for.") % {"word": said})
        return None
    is_beginning = said[-1] == "*" and said[0] != '"'
    last = found[-1]
    if last.is_end:
        # The last letter of a run stands alone only at the end of one: others may come after it.
        is_beginning = len(found) == 1 or found[-2].end != last.end
        found = found if is_beginning else found[:-1]
    elif is_beginning and len(last.text) < SHORTEST_BEGINNING:
        asked.problems.append(
            _("“%(word)s” needs three letters before the *. It counts as a whole word.") % {"word": said}
        )
        is_beginning = False
    return Term(tuple(each.text for each in found), is_beginning)
