from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberLeft(CommunityFact):
    member_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberReturned(CommunityFact):
    """They undid their leaving within the seven days."""

    member_id: int
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberArchived(CommunityFact):
    """What a leaver left behind was erased, or lost its name."""

    member_id: int
