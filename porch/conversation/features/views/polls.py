"""Polls: opened, voted in, closed, and who chose what in an open one."""

import secrets
from datetime import datetime

from django.conf import settings
from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.membership.rules import members
from porch.community.profiles.hours import zones
from porch.conversation.pages.reading_on import topic_page
from porch.conversation.pages.reads import find_topic
from porch.conversation.pages.views.posts import key_in
from porch.conversation.pages.views.topics import reached_space
from porch.conversation.polls.closing import close_poll
from porch.conversation.polls.opening import (
    NoSuchEnd,
    PollTerms,
    SameOptionTwice,
    WrongNumberOfChoices,
    WrongNumberOfOptions,
    open_poll,
)
from porch.conversation.polls.reads import ballots_shown_to, who_chose
from porch.conversation.polls.voting import vote
from porch.conversation.posts.writing import render_post
from porch.conversation.topics.silence import silence_of
from porch.conversation.topics.voices import may_speak_in
from porch.kit.clocks import NoSuchTime, read_local
from porch.kit.once import go_and_tell
from porch.kit.paging import neighbours, page_number
from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import LineIsEmpty, LineIsNotPlain, LineIsTooLong, read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest

VOTED, POLL_CLOSED = "voted", "poll-closed"
NAMES = ("title", "source", "options", "most", "closes", "zone", "is_secret")


@members
@require_http_methods(["GET", "HEAD", "POST"])
def new_poll(request: SignedInRequest, space: str) -> HttpResponseBase:
    """Open a poll. A refusal, and a preview, give everything back."""
    found, given, refusal, preview = reached_space(request, space), request.POST, None, ""
    if request.method == "POST":
        try:
            if given.get("do") == "preview":
                preview = render_post(given.get("source", "")).html
            else:
                post = open_poll(
                    space_id=found.id,
                    title=given.get("title", ""),
                    source=given.get("source", ""),
                    terms=read_poll(given),
                    by=request.user,
                    at=now(),
                    sent_as=key_in(given),
                    as_organisation=given.get("as_organisation") == "yes",
                )
                return redirect("topic", post.topic_id)
        except Refusal as no:
            refusal = no
    shown = {
        "space": found,
        "speaks": may_speak_in(found.id, request.user.pk),
        "silence": silence_of(request.user.pk, now()),
        "zones": [(each, each.replace("_", " ")) for each in zones()],
        "given": {name: given.get(name, usual(name)) for name in NAMES},
        "preview": preview,
        "refusal": refusal,
        "at_field": field_at_fault(refusal),
        "sent_as": given.get("sent_as") or secrets.token_urlsafe(16),
    }
    return render(request, "conversation/polls/new.html", shown, status=refusal.status if refusal else 200)


def usual(name: str) -> str:
    """Give what stands in a field before anything was typed."""
    return {"most": "1", "zone": settings.PORCH_TIME_ZONE}.get(name, "")


def read_poll(given: QueryDict) -> PollTerms:
    """Read what can be chosen, how many of it and by when. Raises ``WrongNumberOfChoices`` and ``NoSuchEnd``."""
    most = read_number(given.get("most", "1"), most_digits=3)
    if most is None:
        raise WrongNumberOfChoices
    return PollTerms(
        options=given.get("options", "").splitlines(),
        most=most,
        is_secret=given.get("is_secret") == "yes",
        closes_at=read_end(given.get("closes", ""), given.get("zone", ""), NoSuchEnd),
    )


def read_end(text: str, zone: str, refusal: type[Refusal]) -> datetime | None:
    """Read a day and time by the clocks of a zone; None where nothing was typed. Raises the refusal that is given."""
    if not text.strip():
        return None
    try:
        return read_local(text, zone or settings.PORCH_TIME_ZONE)
    except NoSuchTime:
        raise refusal from None


def field_at_fault(refusal: Refusal | None) -> str | None:
    """Name the field that a refusal of a new poll is about, if it is about one."""
    if refusal is None:
        return None
    if isinstance(refusal, LineIsEmpty | LineIsTooLong | LineIsNotPlain):
        return "options" if str(refusal.values.get("name", "")) == "option" else "title"
    return AT_FAULT.get(type(refusal), "source")


AT_FAULT: dict[type[Refusal], str] = {
    WrongNumberOfOptions: "options",
    SameOptionTwice: "options",
    WrongNumberOfChoices: "most",
    NoSuchEnd: "closes",
}


@members
@require_POST
def cast_vote(request: SignedInRequest, topic: int) -> HttpResponseBase:
    """Vote, or change one's vote. A refusal stands above the options."""
    chosen = [read_number(each) for each in request.POST.getlist("option")[:100]]
    if None in chosen:
        raise NotFound
    at = now()
    try:
        vote(topic_id=topic, option_ids=[each for each in chosen if each is not None], by=request.user, at=at)
    except NotFound:
        raise
    except Refusal as no:
        return topic_page(request, topic, at=at, poll_refusal=no)
    return go_to_poll(topic, VOTED)


@members
@require_POST
def end_poll(request: SignedInRequest, topic: int) -> HttpResponseBase:
    """Close a poll before its time."""
    close_poll(topic_id=topic, by=request.user, at=now())
    return go_to_poll(topic, POLL_CLOSED)


@members
def show_ballots(request: SignedInRequest, topic: int) -> HttpResponse:
    """Who chose what in an open poll, for those who voted, and for all when it is over."""
    found, number = find_topic(topic, request.user.pk), page_number(request)
    if ballots_shown_to(found.member, topic, at=now()) is None:
        raise NotFound
    chosen, has_more = who_chose(topic, number)
    shown = {
        "topic": found,
        "chosen": chosen,
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    return render(request, "conversation/polls/ballots.html", shown)


def go_to_poll(topic: int, word: str) -> HttpResponseBase:
    """Lead to the poll on the page of its topic, with a word for it."""
    answer = go_and_tell("topic", topic, word=word)
    answer["Location"] += "?page=1#poll"
    return answer
