"""What one gives to a post, and keeps of it: reactions and bookmarks."""

from django.http import HttpResponse
from ninja import Router

from porch.conversation.bookmarks.actions import bookmark, drop_bookmark
from porch.conversation.bookmarks.models import Bookmark
from porch.conversation.bookmarks.reads import bookmarks_of
from porch.conversation.posts.models import Post
from porch.conversation.reactions.actions import react
from porch.conversation.reactions.models import Reaction
from porch.conversation.reactions.reads import who_reacted
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api_talk.leave import may_use, open_to_token, post_within, require_post
from porch.web.api_talk.newest import newest_part_of
from porch.web.api_talk.posts import as_whole, require_there
from porch.web.api_talk.scopes import DIRECT_WRITE, TALK_READ, TALK_WRITE
from porch.web.api_talk.shapes import BookmarkIn, BookmarkOut, ReactionOut, WholePostOut

router = Router(tags=["Reactions and bookmarks"])


@router.get(
    "/posts/{int:post}/reactions",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=Part[ReactionOut],
    summary="List who reacted to a post",
    url_name="api-post-reactions",
)
def list_reactions(
    request: ApiRequest, response: HttpResponse, post: int, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """Who gave which emoji to a post, the newest first."""
    require_there(post_within(request, post))
    return newest_part_of(
        request,
        response,
        who_reacted(post),
        lambda rows: [as_reaction(each) for each in rows],
        ("id",),
        cursor=cursor,
        limit=limit,
    )


@router.put(
    "/posts/{int:post}/reactions/{str:emoji}",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=WholePostOut,
    summary="React to a post",
    url_name="api-post-reaction",
)
def give_reaction(request: ApiRequest, post: int, emoji: str) -> dict[str, object]:
    """Give a post an emoji. Given twice, it is given once."""
    return reacted(request, post, emoji, is_given=True)


@router.delete(
    "/posts/{int:post}/reactions/{str:emoji}",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=WholePostOut,
    summary="Take back a reaction",
    url_name="api-post-reaction",
)
def take_reaction_back(request: ApiRequest, post: int, emoji: str) -> dict[str, object]:
    """Take back an emoji that I gave to a post."""
    return reacted(request, post, emoji, is_given=False)


@router.get(
    "/me/bookmarks",
    auth=Needs(TALK_READ, Whom.MEMBER),
    response=Part[BookmarkOut],
    summary="List my bookmarks",
    url_name="api-my-bookmarks",
)
def list_bookmarks(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """My bookmarks of posts that I reach, with my notes and reminders, in the order in which I made them."""
    found = bookmarks_of(request.auth.someone.pk).filter(open_to_token(request, "post__topic__space__"))
    return part_of(request, response, found, as_bookmark, cursor=cursor, limit=limit)


@router.put(
    "/posts/{int:post}/bookmark",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response=BookmarkOut,
    summary="Bookmark a post",
    url_name="api-post-bookmark",
)
def bookmark_this_post(request: ApiRequest, post: int, body: BookmarkIn) -> dict[str, object]:
    """Bookmark a post for myself, or change the note and the reminder of the bookmark that is there."""
    require_post(request, post)
    someone, at = request.auth.someone, request.auth.at
    bookmark(post_id=post, note=body.note, remind_at=body.remind_at, by=someone, at=at)
    return as_bookmark(bookmarks_of(someone.pk).get(post=post))


@router.delete(
    "/posts/{int:post}/bookmark",
    auth=Needs(TALK_WRITE, Whom.MEMBER),
    response={204: None},
    summary="Drop a bookmark",
    url_name="api-post-bookmark",
)
def drop_this_bookmark(request: ApiRequest, post: int) -> None:
    """Take my bookmark of a post away, also of one that I do not reach any more."""
    # Always the same answer: another would tell which numbers are posts of direct conversations.
    is_direct = Post.objects.filter(pk=post, topic__space__is_direct=True).exists()
    if not is_direct or may_use(request, DIRECT_WRITE):
        drop_bookmark(post_id=post, by=request.auth.someone)


def reacted(request: ApiRequest, post: int, emoji: str, *, is_given: bool) -> dict[str, object]:
    """Give an emoji or take it back, and say what the post is then."""
    require_post(request, post)
    react(post_id=post, emoji=emoji, is_given=is_given, by=request.auth.someone, at=request.auth.at)
    return as_whole(request, post_within(request, post, writes=True))


def as_reaction(reaction: Reaction) -> dict[str, object]:
    """Say who gave what."""
    member = reaction.member
    said = {"id": reaction.pk, "member_id": member.pk, "name": member.person.name}
    return said | {"emoji": reaction.emoji, "at": reaction.at}


def as_bookmark(bookmark: Bookmark) -> dict[str, object]:
    """Say of a bookmark what stands in one's own list."""
    names = ("id", "post_id", "note", "at", "remind_at", "reminded_at")
    post = bookmark.post
    where = {"topic_id": post.topic_id, "number": post.number, "title": post.topic.title}
    return {name: getattr(bookmark, name) for name in names} | where
