from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSkipped(CommunityFact):
    """Somebody let a consumer pass over a fact, of whichever stream; which consumer stands at the desk."""

    skip_id: int
    fact_id: int
    by_person_id: int
