"""Bookmarks: one's own list, and the form for one post."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from porch.community.membership.rules import members
from porch.conversation.bookmarks.actions import bookmark, drop_bookmark
from porch.conversation.bookmarks.models import Bookmark
from porch.conversation.bookmarks.reads import PAGE, bookmark_of, bookmarks_of
from porch.conversation.bookmarks.times import (
    CHOICES,
    CHOSEN,
    NEVER,
    NoSuchTime,
    TimeIsOver,
    TimeIsTooFar,
    read_choice,
    typed_of,
    zone_of,
)
from porch.conversation.direct.reads import titles_of
from porch.conversation.pages.views.posts import go_and_tell_at
from porch.conversation.posts.reads import find_post
from porch.kit.once import forget_told, told
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest

BOOKMARKED, DROPPED = "bookmarked", "bookmark-dropped"


@members
def show_bookmarks(request: SignedInRequest) -> HttpResponse:
    """One's own bookmarks, the soonest reminder first."""
    return page(request)


@members
@require_http_methods(["GET", "HEAD", "POST"])
def edit_bookmark(request: SignedInRequest, post: int) -> HttpResponseBase:
    """Bookmark a post, change the bookmark, or take it away."""
    if request.POST.get("is") == "dropped":
        # Also of a post that one does not reach any more.
        return page(request, drop_bookmark(post_id=post, by=request.user))
    found, refusal = find_post(post, request.user.pk), None
    if found.is_deleted:
        raise NotFound
    there, place, at = bookmark_of(request.user.pk, post), zone_of(request.user.pk), now()
    given = given_by(there, typed_of(there.remind_at if there else None, place))
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in given}
        try:
            remind_at = read_choice(given["when"], given["time"], there=place, at=at)
            bookmark(post_id=post, by=request.user, at=at, note=given["note"], remind_at=remind_at)
            return go_and_tell_at(found, BOOKMARKED)
        except NotFound:
            raise
        except Refusal as no:
            refusal = no
    shown = {
        "post": found,
        "given": given,
        "is_there": there is not None,
        "choices": CHOICES,
        "zone": place.key,
        "refusal": refusal,
        "at_field": "time" if isinstance(refusal, NoSuchTime | TimeIsOver | TimeIsTooFar) else "note",
    }
    status = refusal.status if refusal else 200
    return render(request, "conversation/bookmarks/form.html", shown, status=status)


def given_by(there: Bookmark | None, typed: str) -> dict[str, str]:
    """Write a bookmark as a form shows it."""
    if there is None:
        return {"note": "", "when": NEVER, "time": ""}
    return {"note": there.note, "when": CHOSEN if there.remind_at else NEVER, "time": typed}


def page(request: SignedInRequest, dropped: Bookmark | None = None) -> HttpResponse:
    """Show the list, and what was just taken away from it."""
    number, place = page_number(request), zone_of(request.user.pk)
    found, has_more = page_of(bookmarks_of(request.user.pk), number, PAGE)
    if number > 1 and not found:
        raise NotFound
    me, topics = request.user.pk, [each.post.topic for each in found]
    undo = None
    if dropped is not None:
        is_waiting = dropped.remind_at is not None and dropped.remind_at > now()
        given = given_by(dropped, typed_of(dropped.remind_at, place))
        undo = {**given, **({} if is_waiting else {"when": NEVER, "time": ""})}
    shown = {
        "bookmarks": found,
        "talks": titles_of([(each.space_id, each.title) for each in topics if each.space.is_direct], me),
        "dropped": dropped,
        "undo": undo,
        "told": told(request),
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    return forget_told(request, render(request, "conversation/bookmarks/list.html", shown))
