"""Pages of those who want in: at the door, and one's own requests."""

from django.http import HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.circles.models import Circle, WayIn
from porch.community.joining.actions import is_in
from porch.community.joining.models import Way
from porch.community.knocking.actions import Outcome, knock
from porch.community.membership.models import Member
from porch.community.membership.reads import standing_of
from porch.community.membership.rules import members
from porch.community.requests.actions import ask_to_join, open_request, withdraw_request
from porch.community.requests.answers import MOST_ANSWER, OfAQuestion, questions_of
from porch.community.requests.models import KEPT, LIFE, State
from porch.community.requests.moving import seats_free
from porch.community.requests.reads import requests_of
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest, signed_in

ASKED, WITHDRAWN = "request-sent", "request-withdrawn"
PAGE = 20
ANSWER = "answer-"


@members
@require_http_methods(["GET", "HEAD", "POST"])
def knock_at_circle(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """The door of a circle inside: how one comes in, and asking for it."""
    circle = Circle.objects.filter(slug=slug, is_whole=False).first()
    member = Member.objects.present().get(person=request.user)
    if circle is None or (circle.is_hidden and not is_in(member, circle)):
        raise NotFound
    return at_the_door(request, circle, is_in=is_in(member, circle), template="community/knocking/knock.html")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask_to_come_in(request: SignedInRequest) -> HttpResponseBase:
    """The door of the whole community, for whoever is signed in and no member."""
    standing = standing_of(request.user.pk)
    if standing is not None and standing.is_here:
        return redirect("inside")
    circle = Circle.objects.filter(is_whole=True).first()
    if circle is None:
        raise NotFound
    return at_the_door(request, circle, is_in=False, template="community/knocking/ask.html")


def at_the_door(request: SignedInRequest, circle: Circle, *, is_in: bool, template: str) -> HttpResponseBase:
    """Say how one comes in, and take what is asked there; a refusal gives everything back."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            return came_of(request, circle)
        except NotFound:
            raise
        except Refusal as no:
            refusal = no
    asked = open_request(request.user, circle)
    is_asking = not is_in and asked is None
    shown = {
        "circle": circle,
        "is_in": is_in,
        "asked": asked,
        "is_by_invitation": circle.way_in == WayIn.INVITE,
        "is_proper": circle.way_in == WayIn.REQUEST,
        "questions": questions_of(circle) if is_asking and circle.way_in == WayIn.REQUEST else [],
        "is_full": is_asking and seats_free(circle) == 0,
        "given": request.POST,
        "refusal": refusal,
        "at_question": refusal.question_id if isinstance(refusal, OfAQuestion) else None,
        "most": MOST_ANSWER,
        "days": LIFE.days,
        "kept_days": KEPT.days,
    }
    return render(request, template, shown, status=refusal.status if refusal else 200)


def came_of(request: SignedInRequest, circle: Circle) -> HttpResponseBase:
    """Do what was sent at a door, and lead on: in, or to one's requests."""
    if circle.way_in == WayIn.OPEN and circle.vouches == 0:
        came = knock(person=request.user, circle=circle, way=Way.OPEN, at=now())
        is_let_in = came.outcome == Outcome.IN
    else:
        answers, word = read_form(request.POST), request.POST.get("note", "")
        asked = ask_to_join(person=request.user, circle=circle, answers=answers, word=word, at=now())
        is_let_in = asked.state == State.ADMITTED
    return redirect("inside") if is_let_in else go_and_tell("my-requests", word=ASKED)


def read_form(form: QueryDict) -> dict[int, str]:
    """Read the answers of a form by the numbers of their questions."""
    answers = {}
    for name in form:
        number = read_number(name.removeprefix(ANSWER))
        if name.startswith(ANSWER) and number is not None:
            answers[number] = form.get(name, "")
    return answers


@signed_in
def show_my_requests(request: SignedInRequest) -> HttpResponse:
    """Where somebody asked to come in, and how far each request is."""
    number = page_number(request)
    page, has_more = page_of(requests_of(request.user.pk), number, PAGE)
    shown = {
        "requests": page,
        "is_sent": told(request) == ASKED,
        "is_withdrawn": told(request) == WITHDRAWN,
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    return forget_told(request, render(request, "community/knocking/mine.html", shown))


@signed_in
@require_POST
def withdraw_my_request(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Withdraw one's own request."""
    withdraw_request(request_id=pk, by=request.user, at=now())
    return go_and_tell("my-requests", word=WITHDRAWN)
