from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberJoined(CommunityFact):
    member_id: int
    person_id: int
