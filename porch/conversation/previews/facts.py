from dataclasses import dataclass

from porch.engine.facts.kinds import CommunityFact


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPreviewed(CommunityFact):
    """A preview of the page that a post links to was put under it, or taken away."""

    post_id: int
    topic_id: int
