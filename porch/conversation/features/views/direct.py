"""Direct conversations: which there are, a new one, and what one does about one."""

import secrets
from collections.abc import Iterable
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from porch.community.membership.reads import MEMBERSHIP
from porch.community.membership.rules import members
from porch.community.profiles.reads import Person as Found
from porch.community.profiles.reads import people
from porch.community.profiles.search import by_name, find
from porch.community.profiles.values import MOST_START, MOST_WORDS, words
from porch.conversation.direct.beginning import (
    MOST_PARTICIPANTS,
    NobodyChosen,
    NoLongerHere,
    TooManyBegun,
    TooManyChosen,
    begin_direct,
)
from porch.conversation.direct.changing import leave_group, name_group
from porch.conversation.direct.reads import conversation_with, directs, talk_of
from porch.conversation.direct.rules import CannotWriteTo, YouBlockedThem
from porch.conversation.pages.places import place_of
from porch.conversation.pages.reads import find_topic
from porch.conversation.pages.views.posts import key_in
from porch.conversation.posts.writing import render_post
from porch.conversation.topics.silence import silence_of
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number
from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest

MOST_TYPED, MOST_SHOWN = 200, 20


@members
def show_directs(request: SignedInRequest) -> HttpResponse:
    """The direct conversations of whoever asks, what is new first."""
    number = page_number(request)
    found, has_more = directs(request.user.pk, number)
    shown = {
        "lines": found,
        "told": told(request),
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    return forget_told(request, render(request, "conversation/direct/list.html", shown))


@members
@require_http_methods(["GET", "HEAD", "POST"])
def new_direct(request: SignedInRequest) -> HttpResponseBase:
    """Choose to whom one writes, and write. With a single member one goes on where one talked before."""
    given = request.POST if request.method == "POST" else request.GET
    chosen, refusal, preview = numbers_in(given), None, ""
    if request.method != "POST" and len(chosen) == 1 and "more" not in request.GET:
        there = conversation_with(request.user.pk, chosen[0])
        if there is not None:
            return redirect("topic", there)
    source = given.get("source", "") if request.method == "POST" else ""
    does = request.POST.get("do", "")
    try:
        if does == "preview":
            preview = render_post(source).html
        elif request.method == "POST" and does != "find":
            post = begin_direct(
                with_ids=chosen, source=source, by=request.user, at=now(), sent_as=key_in(request.POST)
            )
            return redirect(place_of(post.topic_id, post.number))
    except Refusal as no:
        refusal = no
    shown = {
        **choice(request, chosen, given.get("name", "")),
        "silence": silence_of(request.user.pk, now()),
        "source": source,
        "preview": preview,
        "refusal": refusal,
        "at_field": field_at_fault(refusal),
        "sent_as": request.POST.get("sent_as") or secrets.token_urlsafe(16),
        "most": MOST_PARTICIPANTS - 1,
    }
    return render(request, "conversation/direct/new.html", shown, status=refusal.status if refusal else 200)


@members
@require_http_methods(["GET", "HEAD", "POST"])
def edit_direct(request: SignedInRequest, topic: int) -> HttpResponseBase:
    """Who takes part in a conversation; name a group, or leave it."""
    found, refusal = find_topic(topic, request.user.pk), None
    if not found.space__is_direct:
        raise NotFound
    name = request.POST.get("name", "")
    if request.method == "POST":
        try:
            if request.POST.get("do") == "leave":
                leave_group(topic_id=topic, by=request.user, at=now())
                return go_and_tell("direct", word="group-left")
            name_group(topic_id=topic, name=name, by=request.user, at=now())
            return go_and_tell("topic", topic, word="group-named")
        except NotFound:
            raise
        except Refusal as no:
            refusal = no
    talk = talk_of(found.space_id, found.title, request.user.pk)
    is_named = talk.people[0].space__conversation__is_named
    shown = {
        "topic": found,
        "talk": talk,
        "name": name or (found.title if is_named else ""),
        "refusal": refusal,
        "again": urlencode([("to", each.member_id) for each in talk.others if each.is_in_it]),
    }
    return render(request, "conversation/direct/about.html", shown, status=refusal.status if refusal else 200)


def field_at_fault(refusal: Refusal | None) -> str | None:
    """Name the field that a refusal is about, if it is about one."""
    if isinstance(refusal, NobodyChosen | TooManyChosen | NoLongerHere | CannotWriteTo | YouBlockedThem):
        return "name"
    return None if isinstance(refusal, TooManyBegun | NotFound) else "source"


def choice(request: SignedInRequest, chosen: list[int], name: str) -> dict[str, object]:
    """Give who is chosen, and whom a name finds; without one the newest members."""
    own = MEMBERSHIP.first(person=request.user.pk)
    name = name[:MOST_TYPED].strip()
    found = find([by_name(each[:MOST_START]) for each in words(name)[:MOST_WORDS]], size=MOST_SHOWN + 1)
    left = [each for each in found.ids if each not in chosen and (own is None or each != own.id)]
    return {
        "chosen": those(chosen),
        "found": those(left[:MOST_SHOWN]),
        "name": name,
        "has_more": len(left) > MOST_SHOWN or bool(found.goes_on_below),
    }


def those(ids: Iterable[int]) -> list[Found]:
    """Read members by their numbers, with their portraits."""
    return people(list(ids), [])


def numbers_in(form: QueryDict) -> list[int]:
    """Read which members are chosen; one more than there may be, so that too many are refused."""
    found = [read_number(each) for each in form.getlist("to")[: 2 * MOST_PARTICIPANTS]]
    return list(dict.fromkeys(each for each in found if each is not None))
