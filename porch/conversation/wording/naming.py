"""How a text names members and roles: ``@Ben``, ``@[Ben Miller]``, ``@[Ben Miller](member:17)`` for namesakes.

A single word is enough for whoever is called so alone among those who reach the space, by the first word of their
name or by all of it. The text stays as it was typed; whom it meant is kept beside it (``Mention``).
"""

import re
from dataclasses import dataclass

from porch.community.profiles.values import term, words

BARE = r"[^\W_](?:[\w-]{0,38}[^\W_])?"
# In brackets anything may stand but what ends them; the number says who is meant where several are called so.
PATTERN = rf"@(\[[^\[\]\n]{{1,80}}\](?:\((?:member|role):[0-9]{{1,18}}\))?|{BARE})"
PARTS = re.compile(r"\[(?P<label>.+)\](?:\((?P<kind>member|role):(?P<number>\d+)\))?")
# What Markdown would read as marks, or the brackets as their end.
MARKS = re.compile(r"[\[\]*_`~<>|\\&!\n]")
MOST_WRITTEN = 100


@dataclass(frozen=True, slots=True)
class Written:
    """A name as it was typed: what is shown, and whose number stands with it."""

    label: str
    kind: str = ""
    number: int = 0
    is_bare: bool = True

    @property
    def key(self) -> str:
        """Give the form by which it is found again when the text is changed."""
        return f"{self.kind}:{self.number}" if self.kind else folded(self.label)


def read(name: str) -> Written:
    """Take apart a name that the pattern found."""
    parts = PARTS.fullmatch(name)
    if parts is None:
        return Written(name)
    return Written(parts["label"].strip(), parts["kind"] or "", int(parts["number"] or 0), is_bare=False)


def folded(label: str) -> str:
    """Fold a name: without case, accents, and marks that a text cannot hold."""
    return term(MARKS.sub("", label))


def first_word(name: str) -> str:
    """Give the first word of a name, folded."""
    return next(iter(words(name)), "")


def spelled(name: str, *, kind: str, number: int, is_unique: bool) -> str:
    """Write the mention of somebody: as short as it stays unambiguous."""
    label = " ".join(MARKS.sub("", name).split())
    if is_unique and re.fullmatch(BARE, label):
        return f"@{label}"
    return f"@[{label}]" if is_unique and label else f"@[{label or '?'}]({kind}:{number})"
