from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersTold(CommunityFact):
    """Members were told of a post, for one or another reason. It does not say whom."""

    post_id: int
