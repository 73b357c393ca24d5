from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class PostReacted(CommunityFact):
    """A member gave an emoji. ``target_member_id`` is who wrote the post, where they still belong."""

    post_id: int
    topic_id: int
    space_id: int
    member_id: int
    target_member_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReactionWithdrawn(CommunityFact):
    post_id: int
    topic_id: int
    space_id: int
    member_id: int
    target_member_id: int | None = None
