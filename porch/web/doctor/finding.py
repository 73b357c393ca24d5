from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Finding:
    """What one look found: good, a piece of advice, or wrong. The advice can be pasted or done."""

    what: str
    state: Literal["good", "advice", "wrong"]
    text: str
    advice: str = ""
