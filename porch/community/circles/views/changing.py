"""Circles as those change them who look after them; the whole community's terms too."""

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from porch.community.circles.actions import change_circle, close_circle, make_circle, take_out
from porch.community.circles.forms import WAYS, field_at_fault, given_by, given_in, read_terms
from porch.community.circles.models import Circle
from porch.community.circles.reads import members_of
from porch.community.circles.terms import CircleTerms, terms_of
from porch.community.circles.views.seeing import CLOSED, find_circle
from porch.community.membership.models import Member
from porch.community.roles.rights import MANAGE_CIRCLES
from porch.community.roles.rules import having, having_somewhere, require_here
from porch.kit.once import go_and_tell
from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest

MADE, CHANGED, TAKEN_OUT = "circle-made", "circle-changed", "circle-taken-out"


@having(MANAGE_CIRCLES)
@require_http_methods(["GET", "HEAD", "POST"])
def new_circle(request: SignedInRequest) -> HttpResponseBase:
    """Make a circle. A refusal gives everything back with the reason beside it."""
    given, refusal = {**given_by(CircleTerms(name="")), "comes_in": "yes"}, None
    if request.method == "POST":
        given = {**given_in(request.POST), "comes_in": request.POST.get("comes_in", "")}
        try:
            comes_in = given["comes_in"] == "yes"
            made = make_circle(terms=read_terms(given), comes_in=comes_in, by=request.user, at=now())
            return go_and_tell("circle", made.slug, word=MADE)
        except Refusal as no:
            refusal = no
    return form_page(request, None, given, refusal)


@having_somewhere(MANAGE_CIRCLES)
@require_http_methods(["GET", "HEAD", "POST"])
def edit_circle(request: SignedInRequest, circle: str) -> HttpResponseBase:
    """Change a circle, or how one comes into the whole community."""
    found = circle_in_care(request, circle)
    given, refusal = given_by(terms_of(found)), None
    if request.method == "POST":
        given = given_in(request.POST)
        try:
            changed = change_circle(circle=found, terms=read_terms(given), by=request.user, at=now())
            return go_and_tell("circle", changed.slug, word=CHANGED)
        except Refusal as no:
            refusal = no
    return form_page(request, found, given, refusal)


@having_somewhere(MANAGE_CIRCLES).recently
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: SignedInRequest, circle: str) -> HttpResponseBase:
    """Say what closing a circle means, and close it."""
    found = circle_in_care(request, circle)
    if found.is_whole:
        raise NotFound
    if request.method == "POST":
        close_circle(circle=found, by=request.user, at=now())
        return go_and_tell("circles", word=CLOSED)
    shown = {"circle": found, "count": members_of(found).count()}
    return render(request, "community/circles/close.html", shown)


@having_somewhere(MANAGE_CIRCLES)
@require_http_methods(["GET", "HEAD", "POST"])
def remove_member(request: SignedInRequest, circle: str) -> HttpResponseBase:
    """Take somebody out of a circle, for a reason that they can read."""
    found = circle_in_care(request, circle)
    given = request.POST if request.method == "POST" else request.GET
    member, refusal = member_in(found, given.get("member", "")), None
    if request.method == "POST":
        try:
            take_out(
                circle=found,
                member=member,
                reason=request.POST.get("reason", ""),
                by=request.user,
                at=now(),
            )
            return go_and_tell("circle", found.slug, word=TAKEN_OUT)
        except Refusal as no:
            refusal = no
    shown = {"circle": found, "member": member, "reason": given.get("reason", ""), "refusal": refusal}
    status = refusal.status if refusal else 200
    return render(request, "community/circles/take_out.html", shown, status=status)


def circle_in_care(request: SignedInRequest, slug: str) -> Circle:
    """Find a circle that whoever asks may manage. Raises ``NotFound``."""
    found = find_circle(request, slug)
    require_here(request, MANAGE_CIRCLES, found.pk)
    return found


def member_in(circle: Circle, number: str) -> Member:
    """Find a member of a circle by number. Raises ``NotFound``."""
    found = None if circle.is_whole else members_of(circle).filter(pk=read_number(number) or 0).first()
    if found is None:
        raise NotFound
    return found


def form_page(
    request: SignedInRequest, circle: Circle | None, given: dict[str, str], refusal: Refusal | None
) -> HttpResponse:
    """Show the form of a circle, new or as it is."""
    shown = {
        **given,
        "circle": circle,
        "ways": WAYS,
        "count": members_of(circle).count() if circle else 0,
        "refusal": refusal,
        "at_field": field_at_fault(refusal),
    }
    return render(request, "community/circles/form.html", shown, status=refusal.status if refusal else 200)
