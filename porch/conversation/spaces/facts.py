from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceMade(CommunityFact):
    space_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceChanged(CommunityFact):
    space_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceArchived(CommunityFact):
    space_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceReopened(CommunityFact):
    space_id: int
    by_person_id: int
