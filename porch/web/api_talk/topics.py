"""Topics: which there are, begun and read, and how much one wants to hear of each."""

from collections.abc import Sequence
from dataclasses import fields
from functools import reduce
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import Query, Router

from porch.conversation.features.views.tags import find_tag
from porch.conversation.pages.reads import TopicHead, TopicLine, latest_of, tagged, topics_of
from porch.conversation.posts.writing import WritingIsHeld, begin_topic
from porch.conversation.reading.actions import choose_level, mark_read, mark_unread
from porch.conversation.topics.models import Topic
from porch.kit.refusals import NotFound
from porch.web.api.cursors import USUAL, Cursor, Limit, Part
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_talk.leave import SPEAKING, open_to_token, require_topic, require_voice, topic_within
from porch.web.api_talk.newest import newest_part_of
from porch.web.api_talk.posts import written
from porch.web.api_talk.scopes import TALK_READ, TALK_WRITE
from porch.web.api_talk.shapes import LevelIn, ReadIn, ReadOut, TopicIn, TopicLineOut, TopicOut, WrittenOut
from porch.web.api_talk.spaces import reached_space

NEWEST = ("last_said_at", "id")
PINNED_FIRST = ("is_pinned", *NEWEST)
LINE = ("id", "kind", "title", "begun_at", "posts", "last_said_at", "is_pinned", "answer", "level", "fresh")
HEAD = (
    "id",
    "space_id",
    "kind",
    "title",
    "posts",
    "is_pinned",
    "answer",
    "is_open",
    "merged_into_id",
    "asks",
)
Tag = Annotated[str, Query(max_length=200, description="Only those with this tag.")]
Unread = Annotated[bool, Query(description="Only those with posts that are new to me: parts may be short.")]

router = Router(tags=["Topics"])


@router.get(
    "/spaces/{int:space}/topics",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=Part[TopicLineOut],
    summary="List the topics of a space",
    url_name="api-space-topics",
)
def list_topics(
    request: ApiRequest, response: HttpResponse, space: int, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """What is talked about in a space that I reach: pinned topics first, then the newest talk."""
    found = topics_of(reached_space(request, space).pk, request.auth.someone.pk)
    return newest_part_of(request, response, found, lines, PINNED_FIRST, cursor=cursor, limit=limit)


@router.get(
    "/topics",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=Part[TopicLineOut],
    summary="List the latest topics",
    url_name="api-topics",
)
def list_latest(
    request: ApiRequest,
    response: HttpResponse,
    unread: Unread = False,
    tag: Tag = "",
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> dict[str, object]:
    """What is talked about wherever I reach, the newest talk first; without those that I muted, unless by a tag."""
    person_id = request.auth.someone.pk
    found = with_tag(tag, person_id) if tag else latest_of(person_id)
    return newest_part_of(
        request,
        response,
        found.filter(open_to_token(request, "space__")),
        lambda rows: [each for each in lines(rows) if each["fresh"] or not unread],
        NEWEST,
        cursor=cursor,
        limit=limit,
    )


@router.post(
    "/spaces/{int:space}/topics",
    auth=Needs(TALK_WRITE, Whom.MEMBER, also=SPEAKING),
    response=WrittenOut,
    summary="Begin a topic",
    url_name="api-space-topics",
)
def begin_this_topic(request: ApiRequest, space: int, body: TopicIn) -> dict[str, object]:
    """Begin a conversation, a question, an announcement or a decision. A poll is begun at its own address.

    What a new member writes may wait for a look by a steward: then ``is_held`` is true, and nobody reads it yet.
    """
    require_voice(request, as_organisation=body.as_organisation)
    try:
        post = begin_topic(
            space_id=reached_space(request, space).pk,
            title=body.title,
            source=body.source,
            kind=body.kind,
            tags=", ".join(body.tags),
            as_organisation=body.as_organisation,
            by=request.auth.someone,
            at=request.auth.at,
        )
    except WritingIsHeld:
        # What is kept instead is kept with the answer of an Idempotency-Key: a refusal would undo both.
        return written(request, None)
    return written(request, post)


@router.get(
    "/topics/{int:topic}",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=TopicOut,
    summary="Show a topic",
    url_name="api-topic",
)
def show_topic(request: ApiRequest, topic: int) -> dict[str, object]:
    """One topic that I reach. Looking at it here does not count as reading it."""
    return as_topic(request, topic_within(request, topic))


@router.put(
    "/topics/{int:topic}/level",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=TopicOut,
    summary="Follow or mute a topic",
    url_name="api-topic-level",
)
def choose_this_level(request: ApiRequest, topic: int, body: LevelIn) -> dict[str, object]:
    """Choose how much I want to hear of a topic: follow, track, mute, or normal, as I do of its space."""
    require_topic(request, topic)
    choose_level(topic_id=topic, level=body.level, by=request.auth.someone, at=request.auth.at)
    return as_topic(request, topic_within(request, topic, writes=True))


@router.put(
    "/topics/{int:topic}/reading",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=ReadOut,
    summary="Say what I have read",
    url_name="api-topic-reading",
)
def mark_as_read(request: ApiRequest, topic: int, body: ReadIn) -> dict[str, object]:
    """Say up to which post I have read a topic. With a smaller number than before, what comes after it is new again."""
    found = topic_within(request, topic, writes=True)
    number, at = min(body.number, found.posts), request.auth.at
    if number < found.seen:
        mark_unread(topic_id=topic, number=number + 1, by=request.auth.someone, at=at)
    elif number > found.seen:
        mark_read(topic_id=topic, member_id=found.member, number=number, at=at)
    return {"read_to": number}


def with_tag(name: str, person_id: int) -> QuerySet[Topic]:
    """Select the topics with a tag. One that nobody uses and one of others alone look the same."""
    try:
        return tagged(find_tag(name).pk, person_id)
    except NotFound:
        return Topic.objects.none()


def lines(rows: Sequence[Topic]) -> list[dict[str, object]]:
    """Say of topics what a list shows of them."""
    return [as_line(each) for each in rows]


def as_line(topic: Topic) -> dict[str, object]:
    """Say of a topic what a list shows of it; how much of it is new is said by the line of the page."""
    line = TopicLine(*(value_of(topic, each.name) for each in fields(TopicLine)))
    return {name: getattr(line, name) for name in LINE} | {
        "space_id": topic.space_id,
        "author": line.said_by,
        "closed_at": line.closure__at,
        "tags": tags_in(line.tags),
        "read_to": line.seen,
    }


def value_of(row: Any, name: str) -> Any:
    """Follow the name of a column to its value; None where there is no such row."""
    return reduce(lambda there, step: getattr(there, step, None), name.split("__"), row)


def tags_in(text: str) -> list[str]:
    """Read the tags that stand on a topic."""
    return text.split(", ") if text else []


def as_topic(request: ApiRequest, topic: TopicHead) -> dict[str, object]:
    """Say of a topic what its page shows."""
    return {name: getattr(topic, name) for name in HEAD} | {
        "is_direct": topic.space__is_direct,
        "closed_at": topic.closure__at,
        "closed_because": topic.closure__reason or "",
        "tags": tags_in(topic.tags),
        "read_to": topic.seen,
        "level": topic.level,
        "is_mine": topic.author_id == request.auth.person_id,
        "tends": topic.tends,
    }
