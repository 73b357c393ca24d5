from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded(CommunityFact):
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRenamed(CommunityFact):
    person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorAppointed(CommunityFact):
    person_id: int
    by_person_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatorDismissed(CommunityFact):
    person_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSuspended(CommunityFact):
    person_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonReadmitted(CommunityFact):
    person_id: int
    by_person_id: int
