from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """What the doctor found at one place: good, a piece of advice, or wrong."""

    what: str
    state: Literal["good", "advice", "wrong"]
    text: str
    advice: str = ""
