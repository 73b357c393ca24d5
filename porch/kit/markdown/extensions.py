"""Names in a text (of a person, of a topic) that become links: the syntax and the answers come from outside."""

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from porch.kit.markdown.limits import MOST_NAMES


@dataclass(frozen=True, slots=True)
class Link:
    """Where a name leads: a path of this site, the row behind it, and a text to show instead of what stood there.

    Without a path the text alone stands there, marked if there is a row behind it.
    """

    href: str
    id: int | None = None
    text: str = ""


@dataclass(frozen=True)
class Extension:
    """A kind of name: how it is written, and one question that resolves all names of a text.

    ``name`` (lower-case letters) is the class of its links and its key in ``Rendered.found``. ``pattern`` has one
    group, the name; its repetitions must be bounded (``{1,40}``, no ``+``), so that the search stays linear.
    ``marker`` is a character that each match holds. A name that ``resolve`` leaves out stays plain text.
    """

    name: str
    marker: str
    pattern: str
    resolve: Callable[[Set[str]], Mapping[str, Link]]
    most: int | None = MOST_NAMES

    def __post_init__(self) -> None:
        if not re.fullmatch("[a-z]+", self.name):
            raise ValueError(f"{self.name!r} is no name for an extension")
        if self.compiled.groups != 1:
            raise ValueError(f"the pattern of {self.name!r} needs one group")

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        # Not within a word, an address or a mailbox. Words of scripts without spaces may stand right beside.
        return re.compile(
            rf"(?<![a-zA-Z0-9_@/.+-])(?:{self.pattern})(?![a-zA-Z0-9_@])(?!(?<=[^\x00-\x7f])\w)"
        )
