from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipOffered(CommunityFact):
    handover_id: int
    from_member_id: int
    to_member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipHandedOver(CommunityFact):
    handover_id: int
    from_member_id: int
    to_member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipDeclined(CommunityFact):
    handover_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipOfferWithdrawn(CommunityFact):
    handover_id: int
