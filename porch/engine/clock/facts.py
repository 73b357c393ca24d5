from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockJumped(CommunityFact):
    """``seconds`` forward, or back where negative; ``is_measured`` against the time since the boot."""

    jump_id: int
    seconds: int
    is_measured: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockJumpAcknowledged(CommunityFact):
    jump_id: int
    by_person_id: int
