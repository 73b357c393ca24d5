from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinAsked(CommunityFact):
    request_id: int
    circle_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinDecided(CommunityFact):
    request_id: int
    is_yes: bool
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinReopened(CommunityFact):
    request_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatAwaited(CommunityFact):
    request_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinGranted(CommunityFact):
    request_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinWithdrawn(CommunityFact):
    request_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinExpired(CommunityFact):
    request_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberVouched(CommunityFact):
    request_id: int
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VouchWithdrawn(CommunityFact):
    request_id: int
    member_id: int
