from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberVouched(CommunityFact):
    request_id: int
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VouchWithdrawn(CommunityFact):
    request_id: int
    member_id: int
