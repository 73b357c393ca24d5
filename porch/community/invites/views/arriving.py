"""Where a link of an invite leads: who invites, into what, and the few steps inside. Looking uses nothing up."""

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from porch.community.invites.accepting import (
    InviteIsForMembers,
    accept_invite,
    find_invite,
    is_for_members,
)
from porch.community.invites.letters import name_of
from porch.community.invites.models import Invite
from porch.community.joining.actions import is_in
from porch.community.joining.arriving import take_code, take_name_and_address, welcome
from porch.community.membership.models import Member
from porch.kit.refusals import Refusal
from porch.kit.time import now
from porch.people.doors import anyone
from porch.people.identity.models import Person
from porch.people.sign_in.letters import can_send
from porch.people.sign_in.views.ways import place

answers = require_http_methods(["GET", "HEAD", "POST"])


@anyone
@answers
def show_invite(request: HttpRequest, token: str) -> HttpResponseBase:
    """Show an invite; take a name and an address, or one press of who is signed in."""
    at = now()
    person = request.user if isinstance(request.user, Person) else None
    invite = find_invite(token=token, place=place(request), at=at, person=person)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            if person is not None:
                return welcome(accept_invite(token=token, person=person, at=at))
            if is_for_members(invite, person):
                raise InviteIsForMembers
            return take_name_and_address(request, then=reverse("join-by-invite-code", args=[token]), at=at)
        except Refusal as refused:
            refusal = refused
    if person is not None and is_inside(person, invite):
        return redirect("inside")
    shown = {
        **told_of(invite),
        "name": request.POST.get("name", ""),
        "address": request.POST.get("address", invite.address),
        "refusal": refusal,
        "is_for_members": is_for_members(invite, person),
        "can_send": can_send(),
    }
    page = render(request, "community/joining/invite.html", shown, status=refusal.status if refusal else 200)
    return without_referrer(page)


@anyone
@answers
def enter_code_of_invite(request: HttpRequest, token: str) -> HttpResponseBase:
    """Take the code of somebody who comes by an invite."""
    at = now()
    invite = find_invite(token=token, place=place(request), at=at)
    page = take_code(
        request,
        back=reverse("join-by-invite", args=[token]),
        enter=lambda person, at: accept_invite(token=token, person=person, at=at),
        shown=told_of(invite),
        at=at,
    )
    return without_referrer(page)


def is_inside(person: Person, invite: Invite) -> bool:
    """Say whether somebody is where an invite leads."""
    member = Member.objects.present().filter(person=person).first()
    return member is not None and is_in(member, invite.circle)


def told_of(invite: Invite) -> dict[str, object]:
    """Give what whoever holds the link may know."""
    return {"inviter": invite.made_by.person.name, "place": name_of(invite), "note": invite.note}


def without_referrer(page: HttpResponseBase) -> HttpResponseBase:
    """Have browsers tell no other site where somebody came from: the address of the page is the secret."""
    page.headers["Referrer-Policy"] = "same-origin"
    return page
