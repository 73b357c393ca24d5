from datetime import datetime, timedelta

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from porch.community.membership.models import Member
from porch.community.removal.actions import MOST_MESSAGE, MOST_REASON, lift_removal, remove_member
from porch.community.removal.models import Removal
from porch.community.removal.reads import SHOWN, against, evidence_until, member_to_act_on, removals
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.community.roles.rules import having
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import BadInput, NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest, signed_in

PAGE = 20
REMOVED, LIFTED = "member-removed", "removal-lifted"
FOR: dict[str, tuple[Promise, int | None]] = {
    "30": (_("for 30 days"), 30),
    "90": (_("for 90 days"), 90),
    "365": (_("for a year"), 365),
    "730": (_("for two years"), 730),
    "": (_("until it is lifted"), None),
}


class NoSuchSpan(BadInput):
    text = _("Choose for how long it is to hold.")


@having(REMOVE_MEMBERS).recently  # Whoever is removed cannot undo it.
@require_http_methods(["GET", "HEAD", "POST"])
def edit_removal(request: SignedInRequest, member: int) -> HttpResponseBase:
    """Remove a member, with everything that they are told."""
    about = member_to_act_on(member)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            remove(request, about, at=now())
            return go_and_tell("removals", word=REMOVED)
        except Refusal as no:
            refusal = no
    shown = {
        "member": about,
        "given": request.POST,
        "span": request.POST.get("span", "90"),
        "spans": [(key, text) for key, (text, _days) in FOR.items()],
        "appeal_to": request.POST.get("appeal_to", request.user.email or ""),
        "refusal": refusal,
        "most_reason": MOST_REASON,
        "most_message": MOST_MESSAGE,
    }
    return render(request, "community/removal/removal.html", shown, status=refusal.status if refusal else 200)


def remove(request: SignedInRequest, about: Member, *, at: datetime) -> Removal:
    """Remove somebody as the form says."""
    form = request.POST
    if form.get("span") not in FOR:
        raise NoSuchSpan
    days = FOR[form["span"]][1]
    return remove_member(
        member=about,
        by=request.user,
        reason=form.get("reason", ""),
        message=form.get("message", ""),
        appeal_to=form.get("appeal_to", ""),
        expires_at=None if days is None else at + timedelta(days=days),
        at=at,
    )


@having(REMOVE_MEMBERS)
@require_safe
def show_removals(request: SignedInRequest) -> HttpResponseBase:
    """List the removals: those that hold, those that are over, those that were lifted."""
    at = now()
    state = request.GET.get("state", "")
    if state and state not in SHOWN:
        raise NotFound
    number = page_number(request)
    rows, has_more = page_of(removals(state or "standing", at), number, PAGE)
    shown = {
        "removals": [(row, evidence_until(row)) for row in rows],
        "state": state or "standing",
        "is_removed": told(request) == REMOVED,
        "is_lifted": told(request) == LIFTED,
        **neighbours(request, number, has_more=has_more),
    }
    return forget_told(request, render(request, "community/removal/removals.html", shown))


@having(REMOVE_MEMBERS)
@require_POST
def lift(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Lift a removal."""
    removal = Removal.objects.filter(pk=pk).first()
    if removal is None:
        raise NotFound
    lift_removal(removal=removal, by=request.user, at=now())
    return go_and_tell("removals", word=LIFTED)


@signed_in
@require_safe
def show_own_removal(request: SignedInRequest) -> HttpResponseBase:
    """Show somebody their removals and their suspension, with where to appeal, and nothing of the inside."""
    at = now()
    return render(request, "community/removal/own.html", against(request.user, at))
