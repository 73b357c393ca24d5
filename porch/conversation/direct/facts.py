"""What happens in direct conversations: facts of their own, which name nobody.

Whoever counts members or tells other houses of what they do asks for facts of other kinds, and hears nothing of these.
"""

from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectBegun(CommunityFact):
    topic_id: int
    space_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectRenamed(CommunityFact):
    topic_id: int
    space_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectLeft(CommunityFact):
    topic_id: int
    space_id: int
