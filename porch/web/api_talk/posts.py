"""Posts: read, written, changed with what they said before, deleted and restored."""

from typing import Annotated

from django.db.models import Q
from django.http import HttpResponse
from ninja import Query, Router

from porch.conversation.features.views.reactions import given_by
from porch.conversation.posts.changing import ChangedMeanwhile, delete_post, edit_post, restore_post
from porch.conversation.posts.mentions import Names
from porch.conversation.posts.models import Edition, Post
from porch.conversation.posts.reads import PAGE, POSTS, PostRow, ReachedPost, read_counts
from porch.conversation.posts.writing import WritingIsHeld, names_in_topic, render_post, write_post
from porch.conversation.previews.actions import remove_preview
from porch.conversation.topics.voices import Voice
from porch.kit.refusals import NotFound
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, lead_on, part_of, read_cursor, write_cursor
from porch.web.api.gate import ApiRequest, Needs, WasChanged, Whom
from porch.web.api_talk.leave import (
    SPEAKING,
    may_read,
    post_within,
    require_post,
    require_topic,
    require_voice,
    topic_within,
)
from porch.web.api_talk.scopes import TALK_READ, TALK_WRITE
from porch.web.api_talk.shapes import (
    EditionOut,
    PostChange,
    PostIn,
    PostOut,
    ReasonIn,
    RenderedOut,
    RenderIn,
    WholePostOut,
    WrittenOut,
)

# As many as a page shows: what is heavy in a list of posts is what each says.
PostLimit = Annotated[int, Query(ge=1, le=PAGE, description="How many to give at most.")]
After = Annotated[int, Query(ge=0, le=2_000_000_000, description="Only those after this number.")]
ROW = ("id", "number", "at", "edits", "moved_to_id", "is_blocked", "is_bookmarked")
WHOLE = ("id", "topic_id", "number", "at", "edits", "tends")

router = Router(tags=["Posts"])


@router.get(
    "/topics/{int:topic}/posts",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=Part[PostOut],
    summary="List the posts of a topic",
    url_name="api-topic-posts",
)
def list_posts(
    request: ApiRequest,
    response: HttpResponse,
    topic: int,
    after: After = 0,
    cursor: Cursor = "",
    limit: PostLimit = PAGE,
) -> dict[str, object]:
    """What was said in a topic that I reach, by number. Where a post was deleted, or went, its place stays."""
    found = topic_within(request, topic)
    start = read_cursor(cursor, request) if cursor else after
    rows = POSTS.all(topic=topic, after=start, person=request.auth.person_id, member=found.member)[:limit]
    has_more = bool(rows) and rows[-1].number < found.posts
    coming = write_cursor(rows[-1].number, request) if has_more else None
    lead_on(request, response, coming, limit)
    return {"items": [as_post(topic, each) for each in rows], "next": coming}


@router.post(
    "/topics/{int:topic}/posts",
    auth=Needs(TALK_WRITE, Whom.MEMBER, also=SPEAKING),
    response=WrittenOut,
    summary="Write a post",
    url_name="api-topic-posts",
)
def write_this_post(request: ApiRequest, topic: int, body: PostIn) -> dict[str, object]:
    """Write in a topic, or reply to a post of it. Send an Idempotency-Key, so that it is said once.

    What a new member writes may wait for a look by a steward: then ``is_held`` is true, and nobody reads it yet.
    """
    require_topic(request, topic)
    require_voice(request, as_organisation=body.as_organisation)
    someone, at = request.auth.someone, request.auth.at
    try:
        post = write_post(
            topic_id=topic,
            source=body.source,
            reply_to=body.reply_to,
            by=someone,
            at=at,
            as_organisation=body.as_organisation,
        )
    except WritingIsHeld:
        # What is kept instead is kept with the answer of an Idempotency-Key: a refusal would undo both.
        return written(request, None)
    return written(request, post)


@router.get(
    "/posts/{int:post}",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=WholePostOut,
    summary="Show a post",
    url_name="api-post",
)
def show_post(request: ApiRequest, post: int) -> dict[str, object]:
    """One post that I reach, with its Markdown."""
    return as_whole(request, post_within(request, post))


@router.put(
    "/posts/{int:post}",
    auth=Needs(TALK_WRITE, Whom.MEMBER, also=SPEAKING),
    response=WholePostOut,
    summary="Change my post",
    url_name="api-post",
)
def change_this_post(request: ApiRequest, post: int, body: PostChange) -> dict[str, object]:
    """Change what my post says; what it said before stays to be read.

    ``edits`` is how often it had been changed when I read it. Where it was changed since, nothing is changed, and the
    refusal (409) holds both wordings. To change what I said as the organisation, the token needs talk:speak too.
    """
    there = post_within(request, post, writes=True)
    require_voice(request, as_organisation=there.voice == Voice.ORGANISATION)
    someone, at = request.auth.someone, request.auth.at
    try:
        edit_post(post_id=post, source=body.source, edits=body.edits, by=someone, at=at)
    except ChangedMeanwhile as refused:
        there = post_within(request, post, writes=True)
        said = {"source": there.source, "edits": there.edits, "yours": body.source}
        raise WasChanged(said) from refused
    return as_whole(request, post_within(request, post, writes=True))


@router.get(
    "/posts/{int:post}/editions",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=Part[EditionOut],
    summary="List what a post said before",
    url_name="api-post-editions",
)
def list_editions(
    request: ApiRequest, response: HttpResponse, post: int, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """The wordings of a post before it was changed, the oldest first. A deleted post has none to read."""
    require_there(post_within(request, post))
    found = Edition.objects.filter(post_id=post)
    return part_of(request, response, found, as_edition, cursor=cursor, limit=limit)


@router.put(
    "/posts/{int:post}/deletion",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=WholePostOut,
    summary="Delete a post",
    url_name="api-post-deletion",
)
def delete_this_post(request: ApiRequest, post: int, body: ReasonIn) -> dict[str, object]:
    """Delete my post, or that of somebody else where I look after it. Its place stays, and it can be restored."""
    require_post(request, post)
    delete_post(post_id=post, by=request.auth.someone, at=request.auth.at, reason=body.reason)
    return as_whole(request, post_within(request, post, writes=True))


@router.delete(
    "/posts/{int:post}/deletion",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=WholePostOut,
    summary="Restore a post",
    url_name="api-post-deletion",
)
def restore_this_post(request: ApiRequest, post: int) -> dict[str, object]:
    """Restore my post that I deleted, or one that I look after."""
    require_post(request, post)
    restore_post(post_id=post, by=request.auth.someone, at=request.auth.at)
    return as_whole(request, post_within(request, post, writes=True))


@router.delete(
    "/posts/{int:post}/preview",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response={204: None},
    summary="Remove the preview of a link",
    url_name="api-post-preview",
)
def remove_this_preview(request: ApiRequest, post: int) -> None:
    """Take the preview of a link from my post, or from one that I look after, for good."""
    require_post(request, post)
    remove_preview(post_id=post, by=request.auth.someone, at=request.auth.at)


@router.post(
    "/rendering",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=RenderedOut,
    summary="Preview Markdown",
    url_name="api-rendering",
)
def render_this(request: ApiRequest, body: RenderIn) -> dict[str, object]:
    """Show what Markdown becomes, with the names of those who reach a topic or a space. Nothing is kept."""
    names, someone = None, request.auth.someone
    if body.topic_id is not None:
        names = names_in_topic(topic_within(request, body.topic_id).id, someone)
    elif body.space_id is not None:
        names = Names(lambda: Q(pk=body.space_id, is_direct=False), someone)
    return {"html": render_post(body.source, names).html}


def written(request: ApiRequest, post: Post | None) -> dict[str, object]:
    """Say what became of something that was written: None was kept instead."""
    said = None if post is None else as_whole(request, post_within(request, post.pk, writes=True))
    return {"post": said, "is_held": post is None}


def require_there(post: ReachedPost) -> None:
    """Refuse what is asked of a post that was deleted. Raises ``NotFound``."""
    if post.is_deleted:
        raise NotFound


def as_post(topic_id: int, post: PostRow) -> dict[str, object]:
    """Say of a post what the page of its topic shows: of one that is gone, its place."""
    is_gone = post.is_deleted or post.moved_to_id is not None
    mine = set((post.mine or "").split(" "))
    return {name: getattr(post, name) for name in ROW} | {
        "topic_id": topic_id,
        "author": None if is_gone else as_author(post),
        "html": "" if is_gone else post.html,
        "reply_to": None if is_gone else post.reply_to,
        "reply_topic_id": None if is_gone else post.reply_topic_id,
        "deleted": as_deleted(post),
        "reactions": [] if is_gone else counts(post.reactions, mine),
    }


def as_whole(request: ApiRequest, post: ReachedPost) -> dict[str, object]:
    """Say of one post what its own pages show, with its Markdown; of a deleted one, its place.

    It is the answer to changes, too: a token that may not read is told no words of others.
    """
    is_mine = post.author_id == request.auth.person_id
    is_gone = post.is_deleted or not may_read(request, post)
    mine = set(given_by(request.auth.someone.pk, post.id)) if post.reactions else set()
    return {name: getattr(post, name) for name in WHOLE} | {
        "author": None if is_gone else as_author(post),
        "source": "" if is_gone else post.source,
        "html": "" if is_gone else post.html,
        "deleted": as_deleted(post),
        "reactions": [] if is_gone else counts(post.reactions, mine),
        "is_mine": is_mine,
    }


def as_author(post: PostRow | ReachedPost) -> dict[str, object]:
    """Say who says a post. What the organisation says names nobody."""
    voice = Voice(post.voice)
    writer = None if voice == Voice.ORGANISATION else post.writer
    return {"member_id": writer, "name": post.said_by, "voice": voice.name.lower()}


def as_deleted(post: PostRow | ReachedPost) -> dict[str, object] | None:
    """Say of a deleted post when that was, and why."""
    if post.deletion__at is None:
        return None
    return {
        "at": post.deletion__at,
        "by_author": bool(post.deletion__by_author),
        "reason": post.deletion__reason or "",
        "is_hidden": bool(post.deletion__is_hidden),
    }


def counts(text: str, mine: set[str]) -> list[dict[str, object]]:
    """Say which emoji a post was given, by how many, and whether by whoever asks."""
    return [{"emoji": emoji, "count": many, "is_mine": emoji in mine} for emoji, many in read_counts(text)]


def as_edition(edition: Edition) -> dict[str, object]:
    """Say of a wording since when it stood there."""
    return {name: getattr(edition, name) for name in ("number", "source", "since")}
