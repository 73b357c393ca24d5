"""Direct conversations: which there are, begun, named and left. What is said in them are posts of their topics."""

from collections.abc import Sequence
from dataclasses import fields

from django.db.models import QuerySet
from django.http import HttpResponse
from ninja import Router

from porch.conversation.direct.beginning import begin_direct
from porch.conversation.direct.changing import leave_group, name_group
from porch.conversation.direct.reads import DirectLine, ParticipantRow, by_space, directs_of, seen_by
from porch.conversation.posts.reads import find_post
from porch.conversation.topics.models import Topic
from porch.kit.refusals import NotFound
from porch.web.api.cursors import USUAL, Cursor, Limit, Part
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_direct.shapes import BegunOut, DirectIn, DirectOut, NameIn
from porch.web.api_talk.newest import newest_part_of
from porch.web.api_talk.posts import as_whole
from porch.web.api_talk.scopes import DIRECT_READ, DIRECT_WRITE
from porch.web.api_talk.topics import NEWEST, value_of

LINE = ("id", "posts", "last_said_at", "level", "fresh")

router = Router(tags=["Direct conversations"])


@router.get(
    "/directs",
    auth=Needs(DIRECT_READ, Whom.MEMBER),
    response=Part[DirectOut],
    summary="List my direct conversations",
    url_name="api-directs",
)
def list_directs(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """The direct conversations in which I take part, the newest talk first."""
    found = mine(request)
    return newest_part_of(
        request, response, found, lambda rows: as_directs(request, rows), NEWEST, cursor=cursor, limit=limit
    )


@router.get(
    "/directs/{int:topic}",
    auth=Needs(DIRECT_READ, Whom.MEMBER),
    response=DirectOut,
    summary="Show a direct conversation",
    url_name="api-direct",
)
def show_direct(request: ApiRequest, topic: int) -> dict[str, object]:
    """One direct conversation, and who takes part in it."""
    return shown(request, topic)


@router.post(
    "/directs",
    auth=Needs(DIRECT_WRITE, Whom.MEMBER),
    response=BegunOut,
    summary="Write to members",
    url_name="api-directs",
)
def begin_this_direct(request: ApiRequest, body: DirectIn) -> dict[str, object]:
    """Write to one member, in the conversation that we have, or to up to nine, in a new group."""
    by, at = request.auth.someone, request.auth.at
    post = begin_direct(with_ids=body.member_ids, source=body.source, by=by, at=at)
    return {"topic_id": post.topic_id, "post": as_whole(request, find_post(post.pk, by.pk))}


@router.put(
    "/directs/{int:topic}/name",
    auth=Needs(DIRECT_WRITE, Whom.MEMBER),
    response=DirectOut,
    summary="Name a group",
    url_name="api-direct-name",
)
def name_this_group(request: ApiRequest, topic: int, body: NameIn) -> dict[str, object]:
    """Give a group in which I take part a name, or take it away."""
    name_group(topic_id=topic, name=body.name, by=request.auth.someone, at=request.auth.at)
    return shown(request, topic)


@router.delete(
    "/directs/{int:topic}/me",
    auth=Needs(DIRECT_WRITE, Whom.MEMBER),
    response={204: None},
    summary="Leave a group",
    url_name="api-direct-mine",
)
def leave_this_group(request: ApiRequest, topic: int) -> None:
    """Leave a group: I read nothing of it any more."""
    leave_group(topic_id=topic, by=request.auth.someone, at=request.auth.at)


def mine(request: ApiRequest) -> QuerySet[Topic]:
    """Select the direct conversations in which whoever asks takes part, each with what the group is called."""
    return directs_of(request.auth.someone.pk).select_related("space__conversation")


def shown(request: ApiRequest, number: int) -> dict[str, object]:
    """Say of one direct conversation what its page shows. Raises ``NotFound``."""
    found = mine(request).filter(pk=number).first()
    if found is None:
        raise NotFound
    return as_directs(request, [found])[0]


def as_directs(request: ApiRequest, rows: Sequence[Topic]) -> list[dict[str, object]]:
    """Say of direct conversations what the list of them shows."""
    people = by_space([each.space_id for each in rows])
    return [as_direct(request, each, people.get(each.space_id, [])) for each in rows]


def as_direct(request: ApiRequest, topic: Topic, people: list[ParticipantRow]) -> dict[str, object]:
    """Say of a direct conversation what it is called, who takes part in it, and what is new to whoever asks."""
    line = DirectLine(*(value_of(topic, each.name) for each in fields(DirectLine)))
    talk = seen_by(people, line.title, request.auth.someone.pk)
    return {name: getattr(line, name) for name in LINE} | {
        "title": talk.title,
        "is_group": talk.is_group,
        "read_to": line.seen,
        "people": [
            {"member_id": each.member_id, "name": each.member__person__name, "is_in_it": each.is_in_it}
            for each in people
        ],
    }
