from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class BroadcastSent(CommunityFact):
    """An announcement was sent to everyone who reaches it: by mail too, to those who want that."""

    topic_id: int
    by_person_id: int
