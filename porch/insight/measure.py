"""What every number carries, so that nobody has to guess what it says."""

from dataclasses import dataclass
from typing import Literal

from porch.kit.refusals import Text

State = Literal["measured", "bounded", "not measurable here", "too few"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number: its unit, n, what it leaves out, and the definition and version by which it was made."""

    measure: str
    version: int
    side: Literal["community", "audience"]
    state: State
    value: float | None
    unit: Text
    n: int
    left_out: int
    definition: Text
