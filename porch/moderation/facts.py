from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class PostHeld(CommunityFact):
    """What somebody wrote waits for a look."""

    held_post_id: int
    space_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PostReported(CommunityFact):
    post_id: int
    report_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDecided(CommunityFact):
    decision_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionUndone(CommunityFact):
    decision_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberSanctioned(CommunityFact):
    person_id: int
    strike_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionLifted(CommunityFact):
    strike_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealMade(CommunityFact):
    strike_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealDecided(CommunityFact):
    strike_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowModeChosen(CommunityFact):
    space_id: int
    by_person_id: int
