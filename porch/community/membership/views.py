from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from porch.community.membership.reads import NEWEST_MEMBERS, count_members
from porch.community.membership.rules import members
from porch.community.membership.slots import WELCOME
from porch.engine.facts.pull import newest
from porch.kit.once import forget_told


@members
def show_members(request: HttpRequest) -> HttpResponse:
    """The first page inside: who is here, newest first."""
    # Read before the rows: a fact told twice does no harm, one told never would.
    shown: dict[str, object] = {"live_after": newest("community")}
    shown |= {"members": NEWEST_MEMBERS.all(), "count": count_members(), "welcome": WELCOME.render(request)}
    return forget_told(request, render(request, "community/membership/members.html", shown))
