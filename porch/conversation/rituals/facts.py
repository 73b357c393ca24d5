from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class RitualMade(CommunityFact):
    ritual_id: int
    space_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RitualAwaited(CommunityFact):
    """It is time for a keeper to open it; ``keeper_member_id`` is None where there is none any more."""

    ritual_id: int
    space_id: int
    keeper_member_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RitualOpened(CommunityFact):
    """It was opened in time."""

    ritual_id: int
    space_id: int
    topic_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RitualLateOpened(CommunityFact):
    ritual_id: int
    space_id: int
    topic_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RitualMissed(CommunityFact):
    """Nobody had opened it when the next was due, or it could not be opened. ``at`` is when that was noticed."""

    ritual_id: int
    space_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RitualPaused(CommunityFact):
    ritual_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RitualResumed(CommunityFact):
    ritual_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RitualEnded(CommunityFact):
    ritual_id: int
    by_person_id: int
