from typing import Any

from django.db.models import Case, Exists, F, OuterRef, QuerySet, When

from porch.conversation.bookmarks.models import Bookmark
from porch.conversation.posts.models import Post
from porch.conversation.spaces.rules import reached_by

PAGE = 50


def with_bookmark(posts: QuerySet[Post], member: Any) -> QuerySet[Post]:
    """Add to posts whether a member bookmarked each."""
    return posts.annotate(
        is_bookmarked=Exists(Bookmark.objects.filter(post=OuterRef("pk"), member_id=member))
    )


def bookmarks_of(person_id: int) -> QuerySet[Bookmark]:
    """Select somebody's bookmarks of posts that they reach: those with a reminder first, the soonest of them on top."""
    waiting = Case(When(reminded_at__isnull=True, then=F("remind_at")))
    return (
        Bookmark.objects.filter(reached_by(person_id, "post__topic__space__"), member__person_id=person_id)
        .filter(post__deletion__isnull=True)
        .select_related("post__topic__space", "post__author")
        .order_by(waiting.asc(nulls_last=True), "-at", "-pk")
    )


def bookmark_of(person_id: int, post_id: int) -> Bookmark | None:
    """Find somebody's bookmark of a post that they were found to reach."""
    return Bookmark.objects.filter(member__person_id=person_id, post_id=post_id).first()
