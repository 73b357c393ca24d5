"""What every crossing carries: where it leads, by whose leave, and how it is undone."""

from dataclasses import dataclass
from typing import Literal

from porch.kit.refusals import Text

Side = Literal["audience", "community"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The four sentences that a person reads before something crosses."""

    name: str
    source: Side
    to: Side
    what: Text
    leave: Text
    undo: Text
