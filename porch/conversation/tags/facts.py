from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicTagged(CommunityFact):
    """The tags of a topic that was there are others now."""

    topic_id: int
    by_person_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRenamed(CommunityFact):
    """A tag has another name, or went into another one; so do its topics."""

    tag_id: int
    by_person_id: int
