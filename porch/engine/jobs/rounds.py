"""What the worker looks after every few seconds, beside jobs: short, safe to do twice, never in two workers at once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Round:
    """A call every so many seconds, which is told the time."""

    name: str
    seconds: float
    call: Callable[[datetime], object]
