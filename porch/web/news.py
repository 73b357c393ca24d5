"""What a fact means for pages that are already open or kept: on one screen, for every kind."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.template.loader import render_to_string

from porch.community.membership.reads import MEMBER
from porch.engine.facts.pull import Pulled

Frame = tuple[str, int, str, str]

# Which topics of shared pages a fact changes (porch.kit.caching).
TOPICS: dict[str, tuple[str, ...]] = {
    "ArticlePublished": ("articles",),
    "DoorSignChanged": ("home",),
    "MemberJoined": ("home",),
}


@dataclass(slots=True)
class Told:
    """The news of one fact: topics of pages to forget, and (channel, fact id, event, html) to send."""

    topics: tuple[str, ...] = ()
    frames: list[Frame] = field(default_factory=list)


def what_to_tell(fact: Pulled) -> Told:
    """Give the news of one fact; there may be none."""
    told = Told(TOPICS.get(fact.kind, ()))
    if fact.kind in FRAMES:
        told.frames.append(FRAMES[fact.kind](fact))
    return told


def member_joined(fact: Pulled) -> Frame:
    """Show the new member to everyone who has the list open."""
    row = MEMBER.first(pk=fact.ids["member_id"])
    html = render_to_string("community/membership/member.html", {"member": row}) if row else ""
    return "members", fact.id, "member-joined", html


FRAMES: dict[str, Callable[[Pulled], Frame]] = {"MemberJoined": member_joined}
