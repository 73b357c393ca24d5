from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOpened(CommunityFact):
    topic_id: int
    space_id: int
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteGiven(CommunityFact):
    """Somebody voted for the first time. Of a secret poll it does not say who; of none does it say what."""

    topic_id: int
    space_id: int
    member_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteChanged(CommunityFact):
    topic_id: int
    member_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PollClosed(CommunityFact):
    """A poll was over. ``at`` is when that was counted; without ``by_person_id`` its time had come."""

    topic_id: int
    space_id: int
    by_person_id: int | None = None
