from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonErased(CommunityFact):
    """Somebody is gone from every table. The number leads nowhere any more."""

    person_id: int
