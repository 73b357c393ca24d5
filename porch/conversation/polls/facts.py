from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class PollOpened(CommunityFact):
    """A poll was opened. ``member_id`` is None where the organisation opened it."""

    topic_id: int
    space_id: int
    member_id: int | None


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
    """A poll was over. ``at`` is when that was counted.

    ``by_person_id`` is None where its time had come, and where whoever opened it as the organisation closed it.
    """

    topic_id: int
    space_id: int
    by_person_id: int | None = None
