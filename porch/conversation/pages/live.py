"""What is said, as open pages hear of it: fragments that are the same for everyone who listens.

They are made once for all, for nobody in particular; each browser leaves out what is not for whom it belongs to. So
nothing may be in them that one of those who reach the topic may not see: of a deleted post there is only its place.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from types import SimpleNamespace

from django.template.loader import render_to_string

from porch.conversation.pages.reads import TOPIC_FOR_ALL, TopicHead
from porch.conversation.posts.models import Post
from porch.conversation.posts.reads import POSTS, PostRow
from porch.conversation.topics.models import Kind, Topic

# In a room the name stands once above what somebody says in one go, and at least above each tenth post, so that no post
# has to know more than the one before it.
IN_ONE_GO, AT_LEAST_EACH = timedelta(minutes=10), 10


def topic_channel(topic_id: int) -> str:
    """Name the channel on which a topic is heard."""
    return f"topic-{topic_id}"


def space_channel(space_id: int) -> str:
    """Name the channel on which it is heard that the list of what is talked about in a space is old."""
    return f"space-{space_id}"


def spaces_of(*topic_ids: int) -> list[int]:
    """Give the spaces in which topics are now. Direct conversations are in no list."""
    found = Topic.objects.filter(pk__in=topic_ids, space__is_direct=False).order_by("space_id")
    return list(found.values_list("space_id", flat=True).distinct())


def fragment_of(topic_id: int, number: int) -> str:
    """Show a post to everyone who has its topic open; an empty text where there is none."""
    topic = topic_for_all(topic_id)
    # With the one before it.
    rows = POSTS.all(topic=topic_id, after=max(number - 2, 0), person=0, member=0)[:2]
    post = next((each for each in rows if each.number == number), None)
    if topic is None or post is None:
        return ""
    shown = {"topic": topic, "post": post, "follows": number in following(topic, rows), "asks": {}}
    return render_to_string(
        "conversation/posts/frame.html", {**shown, "request": of_nobody(), "csrf_input": ""}
    ).strip()


def of_nobody() -> SimpleNamespace:
    """Make what templates know as the request, where nobody asks."""
    request = SimpleNamespace(path="")
    request.user = SimpleNamespace(pk=0)
    return request


def head_of(topic_id: int) -> str:
    """Show what stands above a topic; an empty text where there is none."""
    topic = topic_for_all(topic_id)
    return (
        ""
        if topic is None
        else render_to_string("conversation/topics/head_frame.html", {"topic": topic}).strip()
    )


def number_of(post_id: int) -> int:
    """Give the number of a post in its topic, 0 where there is none."""
    return Post.objects.filter(pk=post_id).values_list("number", flat=True).first() or 0


def topic_for_all(topic_id: int) -> TopicHead | None:
    """Find a topic as it is shown to nobody in particular, with all that anyone could do in it."""
    found = TOPIC_FOR_ALL.first(topic=topic_id)
    return None if found is None else replace(found, member=0, tends=True, seen=found.posts)


def following(topic: TopicHead, posts: Sequence[PostRow]) -> set[int]:
    """Give the numbers of the posts of a room that go on from the one before: of one author, within ten minutes."""
    if topic.kind != Kind.ROOM:
        return set()
    pairs = pairwise(posts)
    return {
        post.number
        for before, post in pairs
        if speaker_of(post) is not None
        and speaker_of(post) == speaker_of(before)
        and post.at - before.at <= IN_ONE_GO
        and post.number % AT_LEAST_EACH != 1
        # To whom it replies, and that it was edited, stands above it.
        and post.reply_to is None
        and not post.edits
    }


def speaker_of(post: PostRow) -> tuple[int, int | None] | None:
    """Tell who says a post from who says another, as everyone sees it; None for who has left."""
    if post.is_of_all:
        return (post.voice, None)
    return None if post.author_id is None else (post.voice, post.author_id)
