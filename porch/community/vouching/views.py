from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST
from markupsafe import Markup

from porch.community.membership.models import Member
from porch.community.membership.rules import members
from porch.community.vouching.actions import MOST_TEXT, take_back_vouch, vouch
from porch.community.vouching.reads import MOST_COUNTED, count_wanted, within_reach
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import NotFound
from porch.kit.time import now
from porch.people.doors import SignedInRequest

GIVEN, TAKEN_BACK = "vouch-given", "vouch-taken-back"
PAGE = 20


def show_wanted(request: HttpRequest) -> Markup | None:
    """Fill the first page inside with a line for whoever could vouch for somebody who lacks it."""
    n = count_wanted(request.user.pk or 0)
    if not n:
        return None
    shown = {"n": min(n, MOST_COUNTED), "has_more": n > MOST_COUNTED}
    page = render_to_string("community/vouching/wanted.html", shown, request)
    return Markup(page)  # noqa: S704 - a rendered template


@members
def show_vouches(request: SignedInRequest) -> HttpResponse:
    """For whom a member may vouch, and for whom they did. What was answered to those who decide is not shown."""
    number = page_number(request)
    member = Member.objects.present().get(person=request.user)
    page, has_more = page_of(within_reach(member), number, PAGE)
    shown = {
        "requests": page,
        "most": MOST_TEXT,
        "is_given": told(request) == GIVEN,
        "is_taken_back": told(request) == TAKEN_BACK,
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    return forget_told(request, render(request, "community/vouching/vouches.html", shown))


@members
@require_POST
def change_vouch(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Vouch for somebody, or take it back."""
    if request.POST.get("is") == "yes":
        vouch(request_id=pk, by=request.user, text=request.POST.get("text", ""), at=now())
        return go_and_tell("vouches", word=GIVEN)
    if request.POST.get("is") == "no":
        take_back_vouch(request_id=pk, by=request.user, at=now())
        return go_and_tell("vouches", word=TAKEN_BACK)
    raise NotFound
