"""Giving a role to a member, and taking it."""

from django.http import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.membership.rules import members
from porch.community.roles.actions import give_role, take_role
from porch.community.roles.lists import find_holder, find_member
from porch.community.roles.rights import MANAGE_ROLES
from porch.community.roles.rules import having_somewhere, require_here
from porch.community.roles.views.seeing import find_role, role_in_care, role_page
from porch.kit.once import go_and_tell
from porch.kit.refusals import Refusal
from porch.kit.text import read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest

GIVEN, TAKEN = "role-given", "role-taken"


@having_somewhere(MANAGE_ROLES).recently
@require_POST
def give(request: SignedInRequest, role: int) -> HttpResponseBase:
    """Give a role to whoever was named."""
    found, who = role_in_care(request, role), request.POST.get("who", "")
    try:
        give_role(role=found, member=find_member(who, found.circle), by=request.user, at=now())
    except Refusal as refusal:
        return role_page(request, found, refusal=refusal, who=who)
    return go_and_tell("role", found.pk, word=GIVEN)


@members.recently  # One's own role is laid down here too; from others, only who may takes it.
@require_http_methods(["GET", "HEAD", "POST"])
def take(request: SignedInRequest, role: int) -> HttpResponseBase:
    """Ask whether to take a role from somebody, or to lay down one's own, and do it."""
    found, refusal = find_role(request, role), None
    given = request.POST if request.method == "POST" else request.GET
    member = find_holder(found, read_number(given.get("member", "")) or 0)
    if member.person_id != request.user.pk:
        require_here(request, MANAGE_ROLES, found.circle_id)
    reason = request.POST.get("reason", "")
    if request.method == "POST":
        try:
            take_role(role=found, member=member, by=request.user, at=now(), reason=reason)
            return go_and_tell("role", found.pk, word=TAKEN)
        except Refusal as no:
            refusal = no
    shown = {"role": found, "member": member, "reason": reason, "refusal": refusal}
    status = refusal.status if refusal else 200
    return render(request, "community/roles/take.html", shown, status=status)
