from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicBegun(CommunityFact):
    """A topic was begun. ``member_id`` is None where the organisation began it."""

    topic_id: int
    space_id: int
    member_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicClosed(CommunityFact):
    topic_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicReopened(CommunityFact):
    topic_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPinned(CommunityFact):
    topic_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicUnpinned(CommunityFact):
    topic_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMoved(CommunityFact):
    topic_id: int
    from_space_id: int
    to_space_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRenamed(CommunityFact):
    topic_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAccepted(CommunityFact):
    """A post answers a question, ``instead_of`` another that did before."""

    topic_id: int
    number: int
    by_person_id: int
    instead_of: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerWithdrawn(CommunityFact):
    """A post is not the answer any more. ``by_person_id`` is None as it is for ``PostDeleted``."""

    topic_id: int
    number: int
    by_person_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicSplit(CommunityFact):
    """Some posts of a topic went to another, a new one or one that was there."""

    topic_id: int
    to_topic_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMerged(CommunityFact):
    """All posts of a topic went to another, and its address leads there."""

    topic_id: int
    to_topic_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicParted(CommunityFact):
    """A merge was undone: what had gone into a topic came back to ``to_topic_id``."""

    topic_id: int
    to_topic_id: int
    by_person_id: int
