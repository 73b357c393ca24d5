from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteMade(CommunityFact):
    invite_id: int
    circle_id: int
    by_member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressesInvited(CommunityFact):
    """Says that a list of addresses was invited; each has its invite, and no fact of its own."""

    circle_id: int
    by_member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteAccepted(CommunityFact):
    invite_id: int
    circle_id: int
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteRevoked(CommunityFact):
    invite_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InviteRestored(CommunityFact):
    invite_id: int
