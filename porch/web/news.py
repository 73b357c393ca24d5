"""What a fact means for pages that are already open or kept: on one screen, for every kind."""

from collections.abc import Callable

from django.template.loader import render_to_string

from porch.community.membership.reads import MEMBER, waiting_of
from porch.engine.facts.pull import Pulled

Frame = tuple[str, int, str, str]

# Which topics of shared pages a fact changes (porch.kit.caching).
# What is said inside changes no page outside, but for spaces of glass; which space it was is not looked up.
TOPICS: dict[str, tuple[str, ...]] = {
    "AnswerAccepted": ("glass",),
    "AnswerWithdrawn": ("glass",),
    "ArticlePublished": ("articles",),
    "LinkPreviewed": ("glass",),
    "PostDeleted": ("glass",),
    "PostEdited": ("glass",),
    "PostRestored": ("glass",),
    "PostWritten": ("glass",),
    "SpaceArchived": ("glass", "home"),
    "SpaceChanged": ("glass", "home"),
    "SpaceMade": ("glass", "home"),
    "SpaceReopened": ("glass", "home"),
    "TopicBegun": ("glass",),
    "TopicMoved": ("glass",),
    "TopicPinned": ("glass",),
    "TopicRenamed": ("glass",),
    "TopicUnpinned": ("glass",),
    "DoorSignChanged": ("home",),
    "MemberJoined": ("home",),
    "MemberLeft": ("home",),
    "MemberPaused": ("home",),
    "MemberRemoved": ("home",),
    "MemberResumed": ("home",),
    "MemberReturned": ("home",),
    "MemberSuspended": ("home",),
    "MemberUnpaused": ("home",),
    # A name stands under each piece, and the door sign counts members.
    "PersonErased": ("articles", "home", "glass"),
    "PersonRenamed": ("articles", "glass"),
}


def topics_of(fact: Pulled) -> tuple[str, ...]:
    """Name the topics of shared pages that a fact changes."""
    return TOPICS.get(fact.kind, ())


def frames_of(fact: Pulled) -> list[Frame]:
    """Make the frames that tell a fact: (channel, fact id, event, HTML)."""
    return [FRAMES[fact.kind](fact)] if fact.kind in FRAMES else []


def member_joined(fact: Pulled) -> Frame:
    """Show the new member to everyone who has the list open."""
    row = MEMBER.first(pk=fact.ids["member_id"])
    html = render_to_string("community/membership/member.html", {"member": row}) if row else ""
    return "members", fact.id, "member-joined", html


def notice_made(fact: Pulled) -> Frame:
    """Show a member how many notices wait for them: on the line that is theirs alone."""
    member = fact.ids["member_id"]
    html = render_to_string("notices/pages/bell.html", {"waiting": waiting_of(member)})
    return f"notices-{member}", fact.id, "notices", html


FRAMES: dict[str, Callable[[Pulled], Frame]] = {"MemberJoined": member_joined, "NoticeMade": notice_made}
