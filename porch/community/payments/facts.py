from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRecorded(CommunityFact):
    payment_id: int
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentCountered(CommunityFact):
    """A counter-entry stands against it."""

    payment_id: int
