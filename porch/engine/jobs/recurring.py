"""Work that comes round by a recurrence rule."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Recurring:
    """A job to enqueue whenever its rule (RFC 5545, in UTC) falls due; missed times are made up for once."""

    name: str
    rule: str
    task: Any
