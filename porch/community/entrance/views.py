"""The page on which one learns how one joins, and joins where the door is open."""

from datetime import datetime

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from porch.community.circles.models import WayIn
from porch.community.entrance.opening import come_in_by_open_door, has_to_wait, way_for_strangers, way_in
from porch.community.joining.arriving import take_code, take_name_and_address, welcome
from porch.community.membership.models import Member
from porch.community.membership.reads import is_member
from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.doors import anyone
from porch.people.identity.models import Person
from porch.people.sign_in.letters import can_send

answers = require_http_methods(["GET", "HEAD", "POST"])


@anyone
@answers
def show_join(request: HttpRequest) -> HttpResponseBase:
    """Say how one joins; take a name and an address where the door is open, and one press of who is signed in."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            way_for_strangers()
            if isinstance(request.user, Person):
                return welcome(come_in_by_open_door(person=request.user, at=now()))
            return take_name_and_address(request, then="join-code", at=now())
        except Refusal as refused:
            refusal = refused
    way = way_in()
    shown = {
        "way": way.value,
        "has_to_wait": way != WayIn.INVITE and has_to_wait(),
        "is_member": is_member(request.user.pk),
        "name": request.POST.get("name", ""),
        "address": request.POST.get("address", ""),
        "refusal": refusal,
        "can_send": can_send(),
    }
    return render(request, "community/entrance/join.html", shown, status=refusal.status if refusal else 200)


@anyone
@answers
def enter_code(request: HttpRequest) -> HttpResponseBase:
    """Take the code of somebody who comes through the open door, or who wants to ask."""
    waits_at = "ask-to-join" if way_in() == WayIn.REQUEST else "my-requests"
    return take_code(request, back=reverse("join"), enter=enter, shown={}, waits_at=waits_at, at=now())


def enter(person: Person, at: datetime) -> Member | None:
    """Have somebody in whose address is proved; where one joins on request, they ask as the next step."""
    if way_for_strangers() == WayIn.REQUEST:
        return None
    return come_in_by_open_door(person=person, at=at)
