from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from porch.community.register.rights import SEE_REGISTER
from porch.community.roles.rules import having
from porch.people.holdings.counting import register


@having(SEE_REGISTER)
def show_purposes(request: HttpRequest) -> HttpResponse:
    """Every purpose for which something is held of people, and how many stand on it. It names nobody."""
    purposes = register()
    counted = [each.count.at for each in purposes if each.count]
    shown = {"purposes": purposes, "counted_at": min(counted) if counted else None}
    return render(request, "community/register/register.html", shown)
