from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleMade(CommunityFact):
    role_id: int
    circle_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleChanged(CommunityFact):
    role_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleDeleted(CommunityFact):
    role_id: int
    circle_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleGiven(CommunityFact):
    role_id: int
    member_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleTaken(CommunityFact):
    role_id: int
    member_id: int
    by_person_id: int
