from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberRemoved(CommunityFact):
    member_id: int
    person_id: int
    removal_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovalLifted(CommunityFact):
    removal_id: int
