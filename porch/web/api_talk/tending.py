"""Looking after topics: title and tags, pin, closing, where they stand, and the answer to a question."""

from ninja import Router

from porch.conversation.answers.actions import choose_answer
from porch.conversation.features.views.tags import find_tag
from porch.conversation.moving.actions import merge_topic, move_posts, split_topic
from porch.conversation.spaces.rights import MANAGE_SPACES
from porch.conversation.tags.actions import rename_tag, tag_topic
from porch.conversation.topics.tending import close_topic, move_topic, pin_topic, rename_topic, reopen_topic
from porch.kit.refusals import NotFound
from porch.web.api.gate import ApiRequest, DoesNotFit, Needs, Whom
from porch.web.api_talk.leave import require_topic, topic_within
from porch.web.api_talk.scopes import SPACES_WRITE, TALK_TEND, TALK_WRITE
from porch.web.api_talk.shapes import (
    ChosenAnswerIn,
    MergeIn,
    ReasonIn,
    SpaceOfTopicIn,
    SplitIn,
    TagIn,
    TagOut,
    TagsIn,
    TitleIn,
    TopicOut,
)
from porch.web.api_talk.topics import as_topic

router = Router(tags=["Looking after topics"])


@router.put(
    "/topics/{int:topic}/title",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=TopicOut,
    summary="Change the title of a topic",
    url_name="api-topic-title",
)
def rename_this_topic(request: ApiRequest, topic: int, body: TitleIn) -> dict[str, object]:
    """Give another title to a topic that I began and that is open, or that I look after."""
    require_a_topic(request, topic)
    rename_topic(topic_id=topic, title=body.title, by=request.auth.someone, at=request.auth.at)
    return shown(request, topic)


@router.put(
    "/topics/{int:topic}/tags",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=TopicOut,
    summary="Tag a topic",
    url_name="api-topic-tags",
)
def tag_this_topic(request: ApiRequest, topic: int, body: TagsIn) -> dict[str, object]:
    """Give a topic these tags and no others: one that I began and that is open, or that I look after."""
    require_a_topic(request, topic)
    tags = ", ".join(body.tags)
    tag_topic(topic_id=topic, tags=tags, by=request.auth.someone, at=request.auth.at)
    return shown(request, topic)


@router.patch(
    "/tags/{str:tag}",
    auth=Needs(SPACES_WRITE, Whom.MEMBER, MANAGE_SPACES),
    response=TagOut,
    summary="Rename a tag",
    url_name="api-tag",
)
def rename_this_tag(request: ApiRequest, tag: str, body: TagIn) -> dict[str, object]:
    """Give a tag another name. Where there is a tag of that name, the two become one."""
    found = find_tag(tag)
    renamed = rename_tag(tag_id=found.pk, name=body.name, by=request.auth.someone, at=request.auth.at)
    return {"name": renamed.name}


@router.put(
    "/topics/{int:topic}/pin",
    auth=Needs(TALK_TEND, Whom.MEMBER),
    response=TopicOut,
    summary="Pin a topic",
    url_name="api-topic-pin",
)
def pin_this_topic(request: ApiRequest, topic: int) -> dict[str, object]:
    """Have a topic stand above the others of its space."""
    require_topic(request, topic)
    pin_topic(topic_id=topic, is_pinned=True, by=request.auth.someone, at=request.auth.at)
    return shown(request, topic)


@router.delete(
    "/topics/{int:topic}/pin",
    auth=Needs(TALK_TEND, Whom.MEMBER),
    response=TopicOut,
    summary="Take the pin from a topic",
    url_name="api-topic-pin",
)
def unpin_this_topic(request: ApiRequest, topic: int) -> dict[str, object]:
    """Have a topic stand among the others again."""
    require_topic(request, topic)
    pin_topic(topic_id=topic, is_pinned=False, by=request.auth.someone, at=request.auth.at)
    return shown(request, topic)


@router.put(
    "/topics/{int:topic}/closure",
    auth=Needs(TALK_TEND, Whom.MEMBER),
    response=TopicOut,
    summary="Close a topic",
    url_name="api-topic-closure",
)
def close_this_topic(request: ApiRequest, topic: int, body: ReasonIn) -> dict[str, object]:
    """Have nobody write in a topic any more. The reason stands on its page."""
    require_topic(request, topic)
    close_topic(topic_id=topic, by=request.auth.someone, at=request.auth.at, reason=body.reason)
    return shown(request, topic)


@router.delete(
    "/topics/{int:topic}/closure",
    auth=Needs(TALK_TEND, Whom.MEMBER),
    response=TopicOut,
    summary="Open a closed topic again",
    url_name="api-topic-closure",
)
def reopen_this_topic(request: ApiRequest, topic: int) -> dict[str, object]:
    """Have members write again in a topic that was closed."""
    require_topic(request, topic)
    reopen_topic(topic_id=topic, by=request.auth.someone, at=request.auth.at)
    return shown(request, topic)


@router.put(
    "/topics/{int:topic}/space",
    auth=Needs(TALK_TEND, Whom.MEMBER),
    response=TopicOut,
    summary="Move a topic",
    url_name="api-topic-space",
)
def move_this_topic(request: ApiRequest, topic: int, body: SpaceOfTopicIn) -> dict[str, object]:
    """Move a topic to another space with all that was said in it.

    Only to a space where nobody else comes to read it.
    """
    require_topic(request, topic)
    move_topic(topic_id=topic, to_id=body.space_id, by=request.auth.someone, at=request.auth.at)
    return shown(request, topic)


@router.post(
    "/topics/{int:topic}/splitting",
    auth=Needs(TALK_TEND, Whom.MEMBER),
    response=TopicOut,
    summary="Split a topic",
    url_name="api-topic-splitting",
)
def split_this_topic(request: ApiRequest, topic: int, body: SplitIn) -> dict[str, object]:
    """Move posts of a topic into a new one, or to the end of another; the answer is the topic to which they went."""
    if (body.title is None) is (body.to_topic_id is None):
        raise DoesNotFit([{"field": "body.title", "text": "Either title or to_topic_id is sent."}])
    require_topic(request, topic)
    by, at = request.auth.someone, request.auth.at
    if body.to_topic_id is None:
        made = split_topic(topic_id=topic, numbers=body.numbers, title=body.title or "", by=by, at=at)
        return shown(request, made.pk)
    require_topic(request, body.to_topic_id)
    move_posts(topic_id=topic, numbers=body.numbers, to_id=body.to_topic_id, by=by, at=at)
    return shown(request, body.to_topic_id)


@router.post(
    "/topics/{int:topic}/merging",
    auth=Needs(TALK_TEND, Whom.MEMBER),
    response=TopicOut,
    summary="Merge a topic into another",
    url_name="api-topic-merging",
)
def merge_this_topic(request: ApiRequest, topic: int, body: MergeIn) -> dict[str, object]:
    """Move all of a topic into another, to which its address then leads for ever. The answer is the other one."""
    require_topic(request, topic)
    require_topic(request, body.into_topic_id)
    merge_topic(topic_id=topic, into_id=body.into_topic_id, by=request.auth.someone, at=request.auth.at)
    return shown(request, body.into_topic_id)


@router.put(
    "/topics/{int:topic}/answer",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=TopicOut,
    summary="Choose the answer to a question",
    url_name="api-topic-answer",
)
def choose_this_answer(request: ApiRequest, topic: int, body: ChosenAnswerIn) -> dict[str, object]:
    """Say which post answers a question that I asked, or that I look after."""
    require_a_topic(request, topic)
    choose_answer(topic_id=topic, number=body.number, by=request.auth.someone, at=request.auth.at)
    return shown(request, topic)


@router.delete(
    "/topics/{int:topic}/answer",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=TopicOut,
    summary="Take back the answer to a question",
    url_name="api-topic-answer",
)
def take_answer_back(request: ApiRequest, topic: int) -> dict[str, object]:
    """Say that no post answers a question any more."""
    require_a_topic(request, topic)
    choose_answer(topic_id=topic, number=None, by=request.auth.someone, at=request.auth.at)
    return shown(request, topic)


def require_a_topic(request: ApiRequest, number: int) -> None:
    """Refuse what has no such page: a direct conversation, and a room. Raises ``NotFound``."""
    if topic_within(request, number).is_elsewhere:
        raise NotFound


def shown(request: ApiRequest, number: int) -> dict[str, object]:
    """Say of a topic that was just written what it is now."""
    return as_topic(request, topic_within(request, number, writes=True))
