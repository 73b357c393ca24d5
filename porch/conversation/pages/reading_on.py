"""The page of a topic: what was said, from where somebody stopped reading, and the form to go on."""

import secrets
from datetime import datetime

from django.http import HttpResponseBase
from django.shortcuts import redirect, render

from porch.conversation.pages.reads import TopicHead, find_topic, posts_on
from porch.conversation.posts.reads import PAGE, PostRow
from porch.conversation.reactions.emoji import AT_HAND
from porch.conversation.reading.actions import AFTER_LOOKING, mark_read
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
) -> HttpResponseBase:
    """Show a topic; what it shows counts as read where nothing before it was passed over."""
    topic = find_topic(topic_id, request.user.pk)
    if topic.merged_into_id and request.method != "POST":
        return redirect("topic", topic.merged_into_id)
    page = page_number(request) if "page" in request.GET else first_page(topic)
    posts = posts_on(topic, page, request.user.pk)
    if page > 1 and not posts:
        raise NotFound
    if is_read_now(request, topic, posts):
        mark_read(topic_id=topic.id, member_id=topic.member, number=posts[-1].number, at=at)
    if request.method == "GET":
        tell_looked_at(request, topic_id, at)
    last = pages(topic)
    is_asked = request.method != "POST"
    shown = {
        "topic": topic,
        "posts": posts,
        "page": page,
        "last": last,
        "earlier": page - 1 if page > 1 else None,
        "later": page + 1 if page < last else None,
        "replied_to": replied_to(request, posts),
        "source": source or (topic.draft__source or "" if is_asked else ""),
        "draft": topic.draft__version and is_asked,
        "version": topic.draft__version or 0 if is_asked else version_in(request),
        "preview": preview,
        "refusal": refusal,
        "sent_as": request.POST.get("sent_as") or secrets.token_urlsafe(16),
        "told": told(request),
        "at_hand": AT_HAND,
    }
    wrong = refusal or poll_refusal
    status = wrong.status if wrong else 200
    return forget_told(request, render(request, "conversation/topics/topic.html", shown, status=status))


def tell_looked_at(request: SignedInRequest, topic_id: int, at: datetime) -> None:
    """Tell those who want to know that a member looks at a topic; a browser that fetches ahead does not."""
    if "prefetch" not in request.headers.get("Sec-Purpose", ""):
        for hear in AFTER_LOOKING:
            hear(request, topic_id, at)


def version_in(request: HttpRequest) -> int:
    """Read which version of a draft a form had seen."""
    return read_number(request.POST.get("draft", ""), most_digits=9) or 0


def first_page(topic: TopicHead) -> int:
    """Give the page on which somebody goes on reading: where the first post is that they have not seen."""
    return min(topic.seen // PAGE + 1, pages(topic))


def pages(topic: TopicHead) -> int:
    """Count the pages of a topic: at least one."""
    return max((topic.posts - 1) // PAGE + 1, 1)


def is_read_now(request: SignedInRequest, topic: TopicHead, posts: list[PostRow]) -> bool:
    """Say whether a page brings somebody further. A browser that fetches ahead reads nothing."""
    if request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return False
    return bool(posts) and posts[0].number <= topic.seen + 1 and posts[-1].number > topic.seen


def replied_to(request: SignedInRequest, posts: list[PostRow]) -> PostRow | None:
    """Find the post on this page to which whoever writes replies."""
    said = next(filter(None, (request.POST.get(each) for each in ("to", "reply_to", "quote"))), "")
    said = said or request.GET.get("reply_to", "")
    number = read_number(said, most_digits=9)
    return next((each for each in posts if each.number == number and not each.is_deleted), None)
