from datetime import timedelta

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from porch.community.away.actions import end_pause, end_suspension, suspend_member, take_pause
from porch.community.away.models import Suspension
from porch.community.membership.reads import standing_of
from porch.community.removal.actions import MOST_REASON
from porch.community.removal.reads import member_to_act_on
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.community.roles.limits import LastOwner
from porch.community.roles.rules import having
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import BadInput, NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest, signed_in

PAUSED, BACK, SUSPENDED, ENDED = "paused", "back-from-pause", "member-suspended", "suspension-ended"
FOR: dict[str, tuple[Promise, int]] = {
    "1": (_("for a day"), 1),
    "3": (_("for 3 days"), 3),
    "7": (_("for 7 days"), 7),
    "14": (_("for 14 days"), 14),
    "30": (_("for 30 days"), 30),
    "90": (_("for 90 days"), 90),
}


class NoSuchTime(BadInput):
    text = _("Choose for how long they are to stay out.")


@having(REMOVE_MEMBERS).recently
@require_http_methods(["GET", "HEAD", "POST"])
def edit_suspension(request: SignedInRequest, member: int) -> HttpResponseBase:
    """Suspend a member until a time, or end it before."""
    about = member_to_act_on(member)
    if about.left_at is not None:
        raise NotFound
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            word = turn(request, member)
            return go_and_tell("suspension", member, word=word)
        except Refusal as no:
            refusal = no
    shown = {
        "member": about,
        "suspension": Suspension.objects.filter(member=about, ended_at__isnull=True).first(),
        "given": request.POST,
        "spans": [(key, text) for key, (text, _days) in FOR.items()],
        "span": request.POST.get("span", "7"),
        "most_reason": MOST_REASON,
        "refusal": refusal,
        "said": told(request),
    }
    page = render(request, "community/away/suspension.html", shown, status=refusal.status if refusal else 200)
    return forget_told(request, page)


def turn(request: SignedInRequest, pk: int) -> str:
    """Do what the form says, and give the word for it."""
    at, member = now(), member_to_act_on(pk)
    if request.POST.get("end") == "yes":
        end_suspension(member=member, by=request.user, at=at)
        return ENDED
    span = request.POST.get("span", "")
    if span not in FOR:
        raise NoSuchTime
    until = at + timedelta(days=FOR[span][1])
    suspend_member(member=member, until=until, reason=request.POST.get("reason", ""), by=request.user, at=at)
    return SUSPENDED


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def edit_pause(request: SignedInRequest) -> HttpResponseBase:
    """Take a pause, and come back from it."""
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            return go_and_tell("pause", word=begin_or_end(request))
        except LastOwner as no:
            refusal = no
    shown = {"standing": standing_of(request.user.pk), "said": told(request), "refusal": refusal}
    page = render(request, "community/away/pause.html", shown, status=refusal.status if refusal else 200)
    return forget_told(request, page)


def begin_or_end(request: SignedInRequest) -> str:
    """Do what the form says, and give the word for it."""
    if request.POST.get("pause") == "yes":
        take_pause(person=request.user, at=now())
        return PAUSED
    end_pause(person=request.user, at=now())
    return BACK
