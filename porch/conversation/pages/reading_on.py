"""The page of a topic: what was said, from where somebody stopped reading, and the form to go on."""

import secrets
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from porch.conversation.pages.live import following
from porch.conversation.pages.reads import TopicHead, find_topic, posts_on
from porch.conversation.posts.reads import PAGE, PostRow
from porch.conversation.reading.actions import mark_read
from porch.conversation.topics.models import Kind
from porch.kit.once import forget_told, told
from porch.kit.paging import page_number
from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import read_number
from porch.people.doors import SignedInRequest


def topic_page(
    request: SignedInRequest,
    topic_id: int,
    *,
    at: datetime,
    source: str = "",
    preview: str = "",
    refusal: Refusal | None = None,
) -> HttpResponse:
    """Show a topic; what it shows counts as read where nothing before it was passed over."""
    topic = find_topic(topic_id, request.user.pk)
    return show_posts(request, topic, at=at, source=source, preview=preview, refusal=refusal)


def show_posts(
    request: SignedInRequest,
    topic: TopicHead,
    *,
    at: datetime,
    source: str = "",
    preview: str = "",
    refusal: Refusal | None = None,
    may_manage: bool = False,
) -> HttpResponse:
    """Show a topic that was found; a room as a stream."""
    page = page_number(request) if "page" in request.GET else first_page(topic)
    posts = posts_on(topic, page)
    if page > 1 and not posts:
        raise NotFound
    read_to = topic.seen
    if is_read_now(request, topic, posts):
        read_to = posts[-1].number
        mark_read(topic_id=topic.id, member_id=topic.member, number=read_to, at=at)
    last = pages(topic)
    first = posts[0].number if posts else 1
    shown = {
        "topic": topic,
        "posts": posts,
        "follows": following(topic, posts),
        "read_to": read_to,
        "may_manage": may_manage,
        "page": page,
        "last": last,
        # The page on which the post before the first one stands: that of a room may begin in the middle of another.
        "earlier": (first - 2) // PAGE + 1 if first > 1 else None,
        "later": page + 1 if page < last else None,
        "replied_to": replied_to(request, posts),
        "source": source,
        "preview": preview,
        "refusal": refusal,
        "sent_as": request.POST.get("sent_as") or secrets.token_urlsafe(16),
        "told": told(request),
    }
    status = refusal.status if refusal else 200
    name = "room" if topic.kind == Kind.ROOM else "topic"
    return forget_told(request, render(request, f"conversation/topics/{name}.html", shown, status=status))


def first_page(topic: TopicHead) -> int:
    """Give the page on which somebody goes on reading: where the first post is that they have not seen.

    Who looks into a room for the first time begins at its end.
    """
    if is_first_look(topic):
        return pages(topic)
    return min(topic.seen // PAGE + 1, pages(topic))


def pages(topic: TopicHead) -> int:
    """Count the pages of a topic: at least one."""
    return max((topic.posts - 1) // PAGE + 1, 1)


def is_first_look(topic: TopicHead) -> bool:
    """Say whether somebody looks into a room for the first time: what was said before is not new to them."""
    return topic.kind == Kind.ROOM and topic.level is None


def is_read_now(request: SignedInRequest, topic: TopicHead, posts: list[PostRow]) -> bool:
    """Say whether a page brings somebody further. What is fetched ahead, or for an open page, is not read."""
    is_fetched = "prefetch" in request.headers.get("Sec-Purpose", "") or "Porch-Fragment" in request.headers
    if request.method != "GET" or is_fetched:
        return False
    if not posts or posts[-1].number <= topic.seen:
        return False
    return posts[0].number <= topic.seen + 1 or (is_first_look(topic) and posts[-1].number == topic.posts)


def replied_to(request: SignedInRequest, posts: list[PostRow]) -> PostRow | None:
    """Find the post on this page to which whoever writes replies."""
    said = request.POST.get("to") or request.POST.get("reply_to") or request.GET.get("reply_to", "")
    number = read_number(said, most_digits=9)
    return next((each for each in posts if each.number == number and not each.is_deleted), None)
