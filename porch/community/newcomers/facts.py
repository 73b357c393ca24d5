from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class NewcomerGreeted(CommunityFact):
    member_id: int
    by_person_id: int
