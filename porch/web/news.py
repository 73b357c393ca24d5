"""What a fact means for pages that are already open or kept: on one screen, for every kind."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string

from porch.community.membership.reads import MEMBER
from porch.conversation.pages.live import (
    fragment_of,
    head_of,
    number_of,
    space_channel,
    spaces_of,
    topic_channel,
)
from porch.engine.facts.pull import Pulled
from porch.web.live.hub import encode


@dataclass(frozen=True, slots=True)
class Frame:
    """What open pages hear: an event with a fragment. A later one with the same key takes its place."""

    event: str
    html: str
    key: str = ""


# Which topics of shared pages a fact changes (porch.kit.caching).
# What is said inside changes no page outside, but for spaces of glass; which space it was is not looked up.
TOPICS: dict[str, tuple[str, ...]] = {
    "AnswerAccepted": ("glass",),
    "AnswerWithdrawn": ("glass",),
    "ArticlePublished": ("articles",),
    "LinkPreviewed": ("glass",),
    "PollClosed": ("glass",),
    "PostDeleted": ("glass",),
    "PostMoved": ("glass",),
    "TopicMerged": ("glass",),
    "TopicParted": ("glass",),
    "TopicTagged": ("glass",),
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


def channels_of(fact: Pulled) -> list[str]:
    """Name the channels whose lines hear of a fact: none, one, or those of two topics between which posts went."""
    if fact.kind not in FRAMES:
        return []
    there = [of_topic_there(fact)] if fact.kind in BETWEEN_TOPICS else []
    return [FRAMES[fact.kind][0](fact), *there]


def frames_of(fact: Pulled) -> list[Frame]:
    """Make the frames that tell a fact, in their order."""
    return FRAMES[fact.kind][1](fact)


def lists_of(fact: Pulled) -> list[str]:
    """Name the channels of the lists that are old after a fact."""
    return [space_channel(each) for each in LISTS[fact.kind](fact)] if fact.kind in LISTS else []


def list_frames_of(fact: Pulled) -> list[Frame]:
    """Make the frames that tell open lists that they are old: what to count by, and nothing of what was said."""
    if fact.kind == "PostWritten":
        topic, number, by = (fact.ids.get(name) or 0 for name in ("topic_id", "number", "member_id"))
        return [Frame("said", f"{topic} {number} {by}", f"{topic}-{number}")]
    if fact.kind == "PostDeleted":
        # In place of what said who wrote it: it is not there any more, so it is not new.
        topic, number = fact.ids["topic_id"], number_of(fact.ids["post_id"])
        return [Frame("gone", f"{topic} {number}", f"{topic}-{number}")]
    return [Frame("moved", "", "moved")]


def member_joined(fact: Pulled) -> list[Frame]:
    """Show the new member to everyone who has the list open."""
    row = MEMBER.first(pk=fact.ids["member_id"])
    html = render_to_string("community/membership/member.html", {"member": row}) if row else ""
    return [Frame("member-joined", html)]


@lru_cache(maxsize=200)
def bell_of(waiting: int) -> bytes:
    """Show how many notices wait: one frame for everyone for whom so many do, told on a line of their own."""
    return encode(None, "notices", render_to_string("notices/pages/bell.html", {"waiting": waiting}))


def post_written(fact: Pulled) -> list[Frame]:
    """Show what was said, as it stands now."""
    return posts_of(fact.ids["topic_id"], fact.ids["number"])


def post_changed(fact: Pulled) -> list[Frame]:
    """Show a post as it stands now: edited, deleted or restored."""
    return posts_of(fact.ids["topic_id"], number_of(fact.ids["post_id"]))


def answer_changed(fact: Pulled) -> list[Frame]:
    """Show the post that answers a question, the one that did before, and what stands above them."""
    posts = posts_of(fact.ids["topic_id"], fact.ids["number"], fact.ids.get("instead_of"))
    return [*posts, *topic_changed(fact)]


def topic_changed(fact: Pulled) -> list[Frame]:
    """Show what stands above a topic: its title, and what it is."""
    html = head_of(fact.ids["topic_id"])
    return [Frame("topic", html, "head")] if html else []


def topic_closed(fact: Pulled) -> list[Frame]:
    """Show that a topic is closed or open, and that the page has other buttons now."""
    return [*topic_changed(fact), Frame("changed", "", "changed")]


def posts_of(topic_id: int, *numbers: int | None) -> list[Frame]:
    """Show posts of a topic, each by its number."""
    wanted = [number for number in numbers if number]
    return [Frame("post", html, f"p{number}") for number in wanted if (html := fragment_of(topic_id, number))]


def post_left(fact: Pulled) -> list[Frame]:
    """Show, in the topic that a post has left, where it went."""
    return posts_of(fact.ids["from_topic_id"], fact.ids["from_number"])


def much_changed(fact: Pulled) -> list[Frame]:
    """Say that a page shows something else when it is loaded anew."""
    return [Frame("changed", "", "changed")]


def of_members(fact: Pulled) -> str:
    return "members"


def of_topic_left(fact: Pulled) -> str:
    return topic_channel(fact.ids["from_topic_id"])


def of_topic_there(fact: Pulled) -> str:
    return topic_channel(fact.ids["to_topic_id"])


def of_topic(fact: Pulled) -> str:
    return topic_channel(fact.ids["topic_id"])


# An open page of the topic to which posts went shows them when it is loaded anew.
BETWEEN_TOPICS = ("TopicMerged", "TopicParted")
# Which channel hears of a fact, and how its frames are made. What made them is the same for everyone who listens.
FRAMES: dict[str, tuple[Callable[[Pulled], str], Callable[[Pulled], list[Frame]]]] = {
    "AnswerAccepted": (of_topic, answer_changed),
    "AnswerWithdrawn": (of_topic, answer_changed),
    "DirectDeleted": (of_topic, post_changed),
    "DirectEdited": (of_topic, post_changed),
    "DirectRestored": (of_topic, post_changed),
    "DirectWritten": (of_topic, post_written),
    "LinkPreviewed": (of_topic, post_changed),
    "MemberJoined": (of_members, member_joined),
    "PollClosed": (of_topic, much_changed),
    "PostDeleted": (of_topic, post_changed),
    "PostEdited": (of_topic, post_changed),
    "PostMoved": (of_topic_left, post_left),
    "PostReacted": (of_topic, post_changed),
    "PostRestored": (of_topic, post_changed),
    "PostWritten": (of_topic, post_written),
    "ReactionWithdrawn": (of_topic, post_changed),
    "TopicClosed": (of_topic, topic_closed),
    "TopicMoved": (of_topic, topic_closed),
    "TopicMerged": (of_topic, much_changed),
    "TopicParted": (of_topic, much_changed),
    "TopicPinned": (of_topic, topic_changed),
    "TopicRenamed": (of_topic, topic_changed),
    "TopicReopened": (of_topic, topic_closed),
    # Where they stood, each post says by itself that it went.
    "TopicSplit": (of_topic_there, much_changed),
    "TopicTagged": (of_topic, topic_changed),
    "TopicUnpinned": (of_topic, topic_changed),
}


def in_its_space(fact: Pulled) -> list[int]:
    return spaces_of(fact.ids["topic_id"])


def in_both_spaces(fact: Pulled) -> list[int]:
    return spaces_of(fact.ids["topic_id"], fact.ids["to_topic_id"])


# The spaces whose lists show something else after a fact: in which order topics stand, and what is said of each.
LISTS: dict[str, Callable[[Pulled], list[int]]] = {
    "AnswerAccepted": in_its_space,
    "AnswerWithdrawn": in_its_space,
    "PostDeleted": in_its_space,
    "PostWritten": lambda fact: [fact.ids["space_id"]],
    "TopicClosed": in_its_space,
    "TopicMerged": in_both_spaces,
    "TopicMoved": lambda fact: [fact.ids["from_space_id"], fact.ids["to_space_id"]],
    "TopicParted": in_both_spaces,
    "TopicPinned": in_its_space,
    "TopicRenamed": in_its_space,
    "TopicReopened": in_its_space,
    "TopicSplit": in_both_spaces,
    "TopicTagged": in_its_space,
    "TopicUnpinned": in_its_space,
}
