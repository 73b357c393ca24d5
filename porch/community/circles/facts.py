from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleJoined(CommunityFact):
    circle_id: int
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleMade(CommunityFact):
    circle_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleChanged(CommunityFact):
    circle_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleClosed(CommunityFact):
    circle_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleLeft(CommunityFact):
    circle_id: int
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleMemberRemoved(CommunityFact):
    circle_id: int
    member_id: int
    by_person_id: int
