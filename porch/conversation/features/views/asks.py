"""Asks: made of a post, answered, declined, reminded of once, and what waits for one's own answer."""

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.circles.models import Circle
from porch.community.membership.rules import members
from porch.community.profiles.hours import zones
from porch.community.roles.rules import rights_here
from porch.conversation.asks.answering import count_post, decline
from porch.conversation.asks.asking import NoTimeToAnswer, make_ask, remind
from porch.conversation.asks.models import Ask
from porch.conversation.asks.reads import MOST_WAITING, find_listed, list_of, response_of, waiting_for
from porch.conversation.asks.whom import NobodyToAsk, NoSuchMember, TooManyToAsk, Whom
from porch.conversation.features.views.polls import read_end, usual
from porch.conversation.pages.forms import ALL, choices, read_readers
from porch.conversation.pages.views.posts import go_and_tell_at
from porch.conversation.posts.reads import ReachedPost, find_post
from porch.kit.once import forget_told, told
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest

NAMED, PAGE = "named", 50
ASKED, REMINDED, COUNTED, DECLINED = "asked", "reminded", "answer-counted", "answer-declined"
NAMES = ("whom", "names", "until", "zone")
AT_FAULT: dict[type[Refusal], str] = {
    NobodyToAsk: "whom",
    TooManyToAsk: "whom",
    NoSuchMember: "names",
    NoTimeToAnswer: "until",
}


@members
@require_http_methods(["GET", "HEAD", "POST"])
def edit_ask(request: SignedInRequest, post: int) -> HttpResponseBase:
    """Have a post ask members; where it does already, who has answered, for whoever asked and who looks after it."""
    found = find_post(post, request.user.pk)
    is_own = found.author_id == request.user.pk
    ask = find_listed(found, request.user.pk)
    if ask is not None:
        return remind_or_show(request, found, ask)
    if found.is_deleted or not (is_own and found.tends):
        raise NotFound
    given, refusal = request.POST, None
    if request.method == "POST":
        try:
            until = read_end(given.get("until", ""), given.get("zone", ""), NoTimeToAnswer)
            if until is None:
                raise NoTimeToAnswer
            make_ask(post_id=post, whom=read_whom(request, given), until=until, by=request.user, at=now())
            return go_and_tell_at(found, ASKED)
        except NotFound:
            raise
        except Refusal as no:
            refusal = no
    shown = {
        "post": found,
        "given": {name: given.get(name, usual(name)) for name in NAMES},
        "whom": [*choices(request.user.pk, rights_here(request)), (NAMED, NAMED)],
        "zones": [(each, each.replace("_", " ")) for each in zones()],
        "refusal": refusal,
        "at_field": AT_FAULT.get(type(refusal)) if refusal else None,
    }
    return render(request, "conversation/asks/new.html", shown, status=refusal.status if refusal else 200)


def read_whom(request: SignedInRequest, given: QueryDict) -> Whom:
    """Read whom to ask. Raises ``NoSuchReaders`` and ``NobodyToAsk``."""
    said = given.get("whom", ALL)
    if said == NAMED:
        names = tuple(filter(None, map(str.strip, given.get("names", "").splitlines())))
        if not names:
            raise NobodyToAsk
        return Whom(names=names)
    circle, role = read_readers(said, request.user.pk, rights_here(request))
    return Whom(circle.pk if isinstance(circle, Circle) else None, role.pk if role else None)


def remind_or_show(request: SignedInRequest, found: ReachedPost, ask: Ask) -> HttpResponseBase:
    """Show the list of an ask, or have those reminded who have not answered."""
    if request.method == "POST":
        remind(post_id=found.id, by=request.user, at=now())
        return go_and_tell_at(found, REMINDED)
    number = page_number(request)
    rows, has_more = page_of(list_of(ask), number, PAGE)
    shown = {
        "post": found,
        "ask": ask,
        "response": response_of(ask),
        "rows": rows,
        "is_own": found.author_id == request.user.pk,
        "at": now(),
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    return render(request, "conversation/asks/ask.html", shown)


@members
@require_POST
def answer_ask(request: SignedInRequest, post: int) -> HttpResponseBase:
    """Say that one has no answer, or that another post is it."""
    found = find_post(post, request.user.pk)
    if "post" not in request.POST:
        decline(post_id=post, by=request.user, at=now())
        return go_and_tell_at(found, DECLINED)
    number = read_number(request.POST["post"])
    if number is None:
        raise NotFound
    count_post(ask_post_id=post, post_id=number, by=request.user, at=now())
    return go_and_tell_at(found, COUNTED)


@members
def show_asked(request: SignedInRequest) -> HttpResponse:
    """What waits for one's own answer, the nearest deadline first."""
    rows = list(waiting_for(request.user.pk)[:MOST_WAITING])
    shown = {"rows": rows, "at": now(), "told": told(request)}
    return forget_told(request, render(request, "conversation/asks/asked.html", shown))
