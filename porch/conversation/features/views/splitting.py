"""Posts of a topic that go to another, and topics that go into others, for those who look after them."""

import re
from collections.abc import Mapping

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from porch.community.membership.rules import members
from porch.conversation.moving.actions import OthersThanExpected, merge_topic, move_posts, split_topic
from porch.conversation.moving.models import Transfer
from porch.conversation.moving.planning import plan_merge
from porch.conversation.moving.undoing import undo_transfer
from porch.conversation.pages.reads import find_topic
from porch.conversation.posts.models import Post
from porch.conversation.spaces.rules import reached_by
from porch.conversation.topics.models import Topic
from porch.kit.markdown import Rendered, excerpt
from porch.kit.once import go_and_tell
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import BadInput, NotFound, Refusal
from porch.kit.text import LineIsEmpty, LineIsNotPlain, LineIsTooLong, read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest

PAGE, LONGEST_START = 100, 160
ADDRESS = re.compile(r"/topics/(\d{1,18})(?:/|$|\?|#)")
MOST_TRANSFERS = 20
WORDS = {"split": "posts-moved", "move": "posts-moved", "merge": "posts-moved", "undo": "posts-back"}


class NoSuchTopic(BadInput):
    text = _("There is no such topic for you.")
    hint = _("Copy the address of its page.")


@members
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: SignedInRequest, topic: int) -> HttpResponseBase:
    """Choose posts of a topic that go to another, or merge all of it into another."""
    found, refusal, do = find_topic(topic, request.user.pk), None, request.POST.get("do", "")
    if not found.tends or found.merged_into_id is not None:
        raise NotFound
    if request.method == "POST":
        if do not in WORDS:
            raise NotFound
        try:
            if do == "merge" and "posts" not in request.POST:
                return ask_first(request, topic)
            return go_and_tell("topic", act(request, topic, do).pk, word=WORDS[do])
        except OthersThanExpected as no:
            return ask_first(request, topic, no)
        except Refusal as no:
            refusal = no
    number = page_number(request)
    rows = Post.objects.filter(topic_id=topic, moved_to__isnull=True, number__gt=1).order_by("number")
    posts, has_more = page_of(rows.select_related("author", "deletion"), number, PAGE)
    if number > 1 and not posts:
        raise NotFound
    shown = {
        "topic": found,
        "posts": [
            (each, excerpt(Rendered(each.source, each.html, each.html_version), LONGEST_START))
            for each in posts
        ],
        "chosen": chosen_in(request),
        "transfers": came_to(topic, request.user.pk),
        "given": {name: request.POST.get(name, "") for name in ("title", "to", "into")},
        "refusal": refusal,
        "at_field": field_at_fault(refusal, do),
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    return answer(request, shown, refusal)


def start_of(post: Post) -> str:
    """Give how a post begins, without what it hides."""
    return excerpt(Rendered(post.source, post.html, post.html_version), LONGEST_START)


def ask_first(request: SignedInRequest, topic: int, refusal: Refusal | None = None) -> HttpResponse:
    """Say what merging a topic would do, and ask whether to do it. Raises what is against it."""
    into = topic_in(request.POST.get("into", ""), request.user.pk)
    plan = plan_merge(topic_id=topic, into_id=into, by=request.user)
    status = refusal.status if refusal else 200
    shown = {"plan": plan, "refusal": refusal}
    return render(request, "conversation/topics/merging.html", shown, status=status)


def came_to(topic: int, person_id: int) -> list[Transfer]:
    """Give what came to a topic lately from others that somebody reaches, the newest first."""
    rows = (
        Transfer.objects.filter(reached_by(person_id, "topic__space__"), to_id=topic)
        .select_related("topic__space", "by")
        .order_by("-pk")
    )
    return list(rows[:MOST_TRANSFERS])


def answer(request: SignedInRequest, shown: Mapping[str, object], refusal: Refusal | None) -> HttpResponse:
    """Show the page."""
    status = refusal.status if refusal else 200
    return render(request, "conversation/topics/splitting.html", dict(shown), status=status)


def act(request: SignedInRequest, topic: int, do: str) -> Topic:
    """Do what was chosen, and give the topic to which it leads."""
    numbers, by, at = sorted(chosen_in(request)), request.user, now()
    if do == "split":
        title = request.POST.get("title", "")
        return split_topic(topic_id=topic, numbers=numbers, title=title, by=by, at=at)
    if do == "undo":
        return undo_transfer(transfer_id=transfer_in(request, topic), by=by, at=at)
    to = topic_in(request.POST.get("to" if do == "move" else "into", ""), by.pk)
    if do == "move":
        return move_posts(topic_id=topic, numbers=numbers, to_id=to, by=by, at=at)
    expected = read_number(request.POST.get("posts", ""), most_digits=9)
    return merge_topic(
        topic_id=topic, into_id=to, by=by, at=at, expected=-1 if expected is None else expected
    )


def transfer_in(request: SignedInRequest, topic: int) -> int:
    """Read which transfer to a topic is meant. Raises ``NotFound``."""
    number = read_number(request.POST.get("transfer", "")) or 0
    if not Transfer.objects.filter(pk=number, to_id=topic).exists():
        raise NotFound
    return number


def chosen_in(request: SignedInRequest) -> set[int]:
    """Read which posts are ticked."""
    read = (read_number(each, most_digits=9) for each in request.POST.getlist("post")[:1000])
    return {each for each in read if each is not None}


def topic_in(text: str, person_id: int) -> int:
    """Read which topic is meant by its address or its number. Raises ``NoSuchTopic``."""
    found = ADDRESS.search(text)
    number = read_number(found[1] if found else text.strip().removeprefix("#"))
    if number is None:
        raise NoSuchTopic
    try:
        return find_topic(number, person_id).id
    except NotFound:
        raise NoSuchTopic from None


def field_at_fault(refusal: Refusal | None, do: str) -> str | None:
    """Name the field that a refusal is about, if it is about one."""
    if isinstance(refusal, LineIsEmpty | LineIsTooLong | LineIsNotPlain):
        return "title"
    if isinstance(refusal, NoSuchTopic):
        return "to" if do == "move" else "into"
    return None
