from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderReached(CommunityFact):
    """The time came at which a member wanted to be reminded of a post. It is noted once."""

    bookmark_id: int
    post_id: int
    member_id: int
