from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class TierMade(CommunityFact):
    tier_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TierChanged(CommunityFact):
    tier_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRetired(CommunityFact):
    """Nobody can get it any more; whoever has it keeps it."""

    tier_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TierSet(CommunityFact):
    """A member got a tier, or it got another renewal date."""

    member_id: int
    tier_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRenewed(CommunityFact):
    """A payment moved the renewal date on."""

    member_id: int
    tier_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TierLapsed(CommunityFact):
    member_id: int
    tier_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TierEnded(CommunityFact):
    member_id: int
    tier_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TierCircleClosed(CommunityFact):
    """A member is no longer in a circle that a tier had opened to them."""

    circle_id: int
    member_id: int
