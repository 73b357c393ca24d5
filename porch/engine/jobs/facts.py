from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class JobsRetried(CommunityFact):
    """Somebody had jobs tried again, so many of them."""

    jobs: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JobDropped(CommunityFact):
    by_person_id: int
