from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipOffered(CommunityFact):
    offer_id: int
    from_member_id: int
    to_member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipAccepted(CommunityFact):
    offer_id: int
    from_member_id: int
    to_member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipDeclined(CommunityFact):
    offer_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnershipOfferWithdrawn(CommunityFact):
    offer_id: int
