from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSuspended(CommunityFact):
    member_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberResumed(CommunityFact):
    """A suspension is over, by itself or before its time."""

    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberPaused(CommunityFact):
    member_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberUnpaused(CommunityFact):
    member_id: int
