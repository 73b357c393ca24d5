"""The page of a topic: what was said, from where somebody stopped reading, and the form to go on."""

import secrets
from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render

from porch.conversation.asks.reads import asks_in
from porch.conversation.direct.reads import talk_of
from porch.conversation.moving.models import Transfer
from porch.conversation.pages.live import following
from porch.conversation.pages.reads import TopicHead, find_topic, posts_on
from porch.conversation.polls.reads import find_poll
from porch.conversation.posts.reads import PAGE, PostRow
from porch.conversation.reactions.emoji import AT_HAND
from porch.conversation.reading.actions import AFTER_LOOKING, mark_read
from porch.conversation.topics.models import Kind
from porch.conversation.topics.silence import Silence, silence_of
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
    poll_refusal: Refusal | None = None,
) -> HttpResponseBase:
    """Show a topic; what it shows counts as read where nothing before it was passed over."""
    topic = find_topic(topic_id, request.user.pk)
    if topic.merged_into_id and request.method != "POST":
        return redirect("topic", topic.merged_into_id)
    return show_posts(
        request, topic, at=at, source=source, preview=preview, refusal=refusal, poll_refusal=poll_refusal
    )


def show_posts(
    request: SignedInRequest,
    topic: TopicHead,
    *,
    at: datetime,
    source: str = "",
    preview: str = "",
    refusal: Refusal | None = None,
    poll_refusal: Refusal | None = None,
    may_manage: bool = False,
) -> HttpResponseBase:
    """Show a topic that was found; a room as a stream."""
    page = page_number(request) if "page" in request.GET else first_page(topic)
    posts = posts_on(topic, page, request.user.pk)
    if page > 1 and not posts:
        raise NotFound
    read_to = topic.seen
    if is_read_now(request, topic, posts):
        read_to = posts[-1].number
        mark_read(topic_id=topic.id, member_id=topic.member, number=read_to, at=at)
    if request.method == "GET":
        tell_looked_at(request, topic.id, at)
    silence = silence_in(topic, request.user.pk, at)
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
        "preview": preview,
        "refusal": refusal,
        "sent_as": request.POST.get("sent_as") or secrets.token_urlsafe(16),
        "told": told(request),
        "transfer": just_came(request, topic) if told(request) == "posts-moved" else None,
        "at_hand": AT_HAND,
        "silence": silence,
        **what_is_written(request, topic, source),
        **what_comes_with(request, topic, at),
        "poll_refusal": poll_refusal,
    }
    wrong = refusal or poll_refusal
    name = "room" if topic.kind == Kind.ROOM else "topic"
    page_of_it = render(
        request, f"conversation/topics/{name}.html", shown, status=wrong.status if wrong else 200
    )
    return forget_told(request, page_of_it)


def what_is_written(request: SignedInRequest, topic: TopicHead, source: str) -> dict[str, object]:
    """Give what stands in the form: what was typed, or the draft that was kept."""
    is_asked = request.method != "POST"
    return {
        "source": source or (topic.draft__source or "" if is_asked else ""),
        "draft": topic.draft__version and is_asked,
        "version": topic.draft__version or 0 if is_asked else version_in(request),
    }


def what_comes_with(request: SignedInRequest, topic: TopicHead, at: datetime) -> dict[str, object]:
    """Give what only some topics have, each by one query: who talks in private, a poll, asks."""
    has_poll = topic.kind == Kind.POLL
    return {
        "talk": talk_of(topic.space_id, topic.title, request.user.pk) if topic.space__is_direct else None,
        "poll": find_poll(topic.id, topic.space_id, topic.member, at=at) if has_poll else None,
        "asks": asks_in(topic.id, topic.member) if topic.asks else {},
    }


def just_came(request: SignedInRequest, topic: TopicHead) -> Transfer | None:
    """Find what whoever looks has just moved to a topic that they look after."""
    rows = Transfer.objects.filter(to_id=topic.id, by=request.user).select_related("topic").order_by("-pk")
    return rows.first() if topic.tends else None


def silence_in(topic: TopicHead, person_id: int, at: datetime) -> Silence | None:
    """Say why whoever looks writes nothing now, if that is so; it is asked only of those who are silenced."""
    is_silent = topic.silent_until is not None and topic.silent_until > at
    return silence_of(person_id, at) if is_silent else None


def tell_looked_at(request: SignedInRequest, topic_id: int, at: datetime) -> None:
    """Tell those who want to know that a member looks at a topic; a browser that fetches ahead does not."""
    if not is_fetched(request):
        for hear in AFTER_LOOKING:
            hear(request, topic_id, at)


def version_in(request: HttpRequest) -> int:
    """Read which version of a draft a form had seen."""
    return read_number(request.POST.get("draft", ""), most_digits=9) or 0


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


def is_fetched(request: HttpRequest) -> bool:
    """Say whether a page is fetched ahead, or for one that is open: nobody reads it."""
    return "prefetch" in request.headers.get("Sec-Purpose", "") or "Porch-Fragment" in request.headers


def is_read_now(request: SignedInRequest, topic: TopicHead, posts: list[PostRow]) -> bool:
    """Say whether a page brings somebody further. What is fetched ahead, or for an open page, is not read."""
    if request.method != "GET" or is_fetched(request):
        return False
    if not posts or posts[-1].number <= topic.seen:
        return False
    return posts[0].number <= topic.seen + 1 or (is_first_look(topic) and posts[-1].number == topic.posts)


def replied_to(request: SignedInRequest, posts: list[PostRow]) -> PostRow | None:
    """Find the post on this page to which whoever writes replies."""
    said = next(filter(None, (request.POST.get(each) for each in ("to", "reply_to", "quote"))), "")
    said = said or request.GET.get("reply_to", "")
    number = read_number(said, most_digits=9)
    return next((each for each in posts if each.number == number and not each.is_deleted), None)
