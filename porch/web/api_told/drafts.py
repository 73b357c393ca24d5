"""Drafts: what one is writing and has not posted."""

from django.http import HttpResponse
from ninja import Router

from porch.conversation.drafts.actions import Place, Words, discard_draft, keep_draft
from porch.conversation.drafts.models import Draft
from porch.conversation.drafts.reads import reached_drafts_of
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_talk.leave import may_use, require_topic, topic_within
from porch.web.api_talk.scopes import DIRECT_READ, TALK_READ, TALK_WRITE
from porch.web.api_talk.spaces import reached_space
from porch.web.api_told.shapes import DraftIn, DraftOut, KeptOut

TOLD = ("id", "topic_id", "space_id", "title", "kind", "source", "beside", "version", "at")

router = Router(tags=["Drafts"])


@router.get(
    "/me/drafts",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=Part[DraftOut],
    summary="List my drafts",
    url_name="api-my-drafts",
)
def list_drafts(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """What I am writing where I reach it, and have not posted. Nobody else sees it."""
    found = reached_drafts_of(request.auth.someone.pk)
    if not may_use(request, DIRECT_READ):
        found = found.exclude(topic__space__is_direct=True)
    return part_of(request, response, found, as_draft, cursor=cursor, limit=limit)


@router.put(
    "/topics/{int:topic}/draft",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=KeptOut,
    summary="Keep a draft of a post",
    url_name="api-topic-draft",
)
def keep_draft_in_topic(request: ApiRequest, topic: int, body: DraftIn) -> dict[str, object]:
    """Keep what I am writing in a topic. Where another device was first, both wordings are kept."""
    require_topic(request, topic)
    return keep(request, Place(topic_id=topic), body)


@router.delete(
    "/topics/{int:topic}/draft",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response={204: None},
    summary="Discard a draft of a post",
    url_name="api-topic-draft",
)
def discard_draft_in_topic(request: ApiRequest, topic: int) -> None:
    """Let go of what I was writing in a topic."""
    found = topic_within(request, topic, writes=True)
    discard_draft(place=Place(topic_id=found.id), by=request.auth.someone)


@router.put(
    "/spaces/{int:space}/draft",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=KeptOut,
    summary="Keep a draft of a topic",
    url_name="api-space-draft",
)
def keep_draft_for_space(request: ApiRequest, space: int, body: DraftIn) -> dict[str, object]:
    """Keep the topic that I am beginning in a space."""
    return keep(request, Place(space_id=reached_space(request, space).pk), body)


@router.delete(
    "/spaces/{int:space}/draft",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response={204: None},
    summary="Discard a draft of a topic",
    url_name="api-space-draft",
)
def discard_draft_for_space(request: ApiRequest, space: int) -> None:
    """Let go of the topic that I was beginning in a space."""
    found = reached_space(request, space)
    discard_draft(place=Place(space_id=found.pk), by=request.auth.someone)


def keep(request: ApiRequest, place: Place, body: DraftIn) -> dict[str, object]:
    """Keep a wording, and say under which version."""
    words = Words(body.source, body.title, body.kind)
    found = keep_draft(
        place=place, words=words, version=body.version, by=request.auth.someone, at=request.auth.at
    )
    return {"version": found.version, "is_beside": found.is_beside}


def as_draft(draft: Draft) -> dict[str, object]:
    """Say of a draft what stands in one's own list."""
    return {name: getattr(draft, name) for name in TOLD}
