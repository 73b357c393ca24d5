from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeMade(CommunityFact):
    """A member was told of a post that is for them: a reply, a mention, an ask. Of followed topics there is none."""

    member_id: int
    post_id: int
