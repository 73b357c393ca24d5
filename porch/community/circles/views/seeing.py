"""Circles as members see them: which there are, who is in one, and the way out."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from porch.community.circles.actions import leave_circle
from porch.community.circles.models import Circle
from porch.community.circles.reads import circles_seen_by, members_of, with_counts
from porch.community.membership.reads import count_members
from porch.community.membership.rules import members
from porch.community.roles.rights import MANAGE_CIRCLES, MANAGE_ROLES
from porch.community.roles.rules import covers, rights_here
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import NotFound
from porch.kit.time import now
from porch.people.doors import SignedInRequest

PAGE = 30
CLOSED, LEFT = "circle-closed", "circle-left"


@members
def show_circles(request: SignedInRequest) -> HttpResponse:
    """The circles that somebody may know of, their own first."""
    number, rows = page_number(request), rights_here(request)
    found = with_counts(circles_seen_by(request.user.pk, rows).filter(is_whole=False))
    circles, has_more = page_of(found.order_by(F("is_mine").desc(), "name", "pk"), number, PAGE)
    shown = {
        "whole": Circle.objects.get(is_whole=True),
        "circles": circles,
        "may_manage": covers(rows, MANAGE_CIRCLES),
        "told": told(request),
        **neighbours(request, number, has_more=has_more),
    }
    return forget_told(request, render(request, "community/circles/circles.html", shown))


@members
def show_circle(request: SignedInRequest, circle: str) -> HttpResponse:
    """What a circle is, how one comes in, and who is in it."""
    found, number, rows = find_circle(request, circle), page_number(request), rights_here(request)
    people, has_more = page_of(members_of(found), number, PAGE)
    shown = {
        "circle": found,
        "members": people,
        "count": count_members() if found.is_whole else members_of(found).count(),
        "may_manage": covers(rows, MANAGE_CIRCLES, found.pk),
        "may_manage_roles": covers(rows, MANAGE_ROLES, found.pk),
        "told": told(request),
        **neighbours(request, number, has_more=has_more, has_filters=False),
    }
    return forget_told(request, render(request, "community/circles/circle.html", shown))


@members
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: SignedInRequest, circle: str) -> HttpResponseBase:
    """Say what leaving a circle means, and leave it."""
    found = find_circle(request, circle)
    if found.is_whole or not found.is_mine:  # type: ignore[attr-defined]
        raise NotFound
    if request.method == "POST":
        leave_circle(circle=found, by=request.user, at=now())
        return go_and_tell("circles", word=LEFT)
    return render(request, "community/circles/leave.html", {"circle": found})


def find_circle(request: HttpRequest, slug: str) -> Circle:
    """Find a circle of which whoever asks may know. Raises ``NotFound``."""
    found = circles_seen_by(request.user.pk or 0, rights_here(request)).filter(slug=slug).first()
    if found is None:
        raise NotFound
    return found
