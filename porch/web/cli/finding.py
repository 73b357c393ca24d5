from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """What the doctor says about one thing: good, a piece of advice, or wrong."""

    what: str
    state: Literal["good", "advice", "wrong"]
    text: str
    advice: str = ""
