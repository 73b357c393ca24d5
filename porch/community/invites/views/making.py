"""Making invites: a link that is shown once, and letters to a list of addresses."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from porch.community.circles.models import Circle
from porch.community.invites.actions import make_link
from porch.community.invites.letters import link_of, name_of
from porch.community.invites.listing import MOST, NO_ADDRESS, Report, invite_addresses, look_through
from porch.community.invites.models import LONGEST_NOTE, MOST_DAYS, MOST_USES
from porch.community.invites.parsing import decoded
from porch.community.invites.rights import INVITE
from porch.community.invites.rules import circles_to_invite, inviters
from porch.community.roles.rules import having, may
from porch.kit.refusals import BadInput, NotFound, Refusal
from porch.kit.text import read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest
from porch.people.sign_in.letters import can_send

answers = require_http_methods(["GET", "HEAD", "POST"])
LARGEST_FILE = 20_000_000


class NotANumber(BadInput):
    text = _("%(said)s is not a number.")
    hint = _("Write it in digits.")


class FileTooLarge(BadInput):
    text = _("This file is too large for a list of addresses.")
    hint = _("At most 20 MB. Send it in parts.")


@inviters
@answers
def make_invite(request: SignedInRequest) -> HttpResponse:
    """Ask for how many and until when, and show the link, once."""
    shown, refusal = form_of(request), None
    if request.method == "POST":
        try:
            invite, token = make_link(
                circle=chosen_circle(request),
                by=request.user,
                uses=number_in(request, "uses"),
                days=number_in(request, "days"),
                note=request.POST.get("note", ""),
                at=now(),
            )
            made = {"link": link_of(token), "invite": invite, "place": name_of(invite)}
            return render(request, "community/invites/made.html", made)
        except Refusal as refused:
            refusal = refused
    shown |= {"uses": request.POST.get("uses", "1"), "refusal": refusal, "most_uses": MOST_USES}
    return render(request, "community/invites/new.html", shown, status=refusal.status if refusal else 200)


@having(INVITE).recently
@answers
def invite_list(request: SignedInRequest) -> HttpResponse:
    """Take a list of addresses, pasted or as a file; show what would become of each, and after a press what became."""
    shown, refusal = form_of(request), None
    if request.method == "POST":
        is_sure, circle = request.POST.get("is_sure") == "yes", chosen_circle(request)
        try:
            report = (invite_addresses if is_sure else look_through)(
                circle=circle,
                by=request.user,
                text=list_in(request),
                days=number_in(request, "days"),
                note=request.POST.get("note", ""),
                at=now(),
            )
            told = shown | {"circle": circle, "is_sure": is_sure, **told_of(report)}
            return render(request, "community/invites/report.html", told)
        except Refusal as refused:
            refusal = refused
    shown |= {"list": request.POST.get("list", ""), "refusal": refusal, "most": MOST}
    return render(request, "community/invites/list.html", shown, status=refusal.status if refusal else 200)


def told_of(report: Report) -> dict[str, object]:
    """Give what the page tells of a list; what cannot be read stands first, since it can be mended."""
    refused = sorted(report.refused, key=lambda told: told[2] is not NO_ADDRESS)
    return {"report": report, "refused": refused, "can_send": can_send()}


def form_of(request: SignedInRequest) -> dict[str, object]:
    """Give what both forms show: the circles to choose from, and what was filled in."""
    circles = [(str(each.pk), each.name) for each in circles_to_invite(request.user.pk)]
    return {
        "circles": circles,
        "circle": request.POST.get("circle", ""),
        "is_for_all": may(request.user.pk, INVITE),
        "days": request.POST.get("days", "30"),
        "note": request.POST.get("note", ""),
        "most_days": MOST_DAYS,
        "longest_note": LONGEST_NOTE,
    }


def chosen_circle(request: SignedInRequest) -> Circle:
    """Find the circle that was chosen, or the first where there is nothing to choose."""
    circles, said = circles_to_invite(request.user.pk), request.POST.get("circle", "")
    found = circles.filter(pk=read_number(said) or 0).first() if said else circles.first()
    if found is None:
        raise NotFound
    return found


def number_in(request: SignedInRequest, name: str) -> int:
    """Read a number out of a field of the form."""
    said = request.POST.get(name, "").strip()
    number = read_number(said, most_digits=9)
    if number is None:
        raise NotANumber(said=said[:40] or "…")
    return number


def list_in(request: SignedInRequest) -> str:
    """Give what was pasted, and after it what is in the file."""
    pasted, file = request.POST.get("list", ""), request.FILES.get("file")
    if file is None:
        return pasted
    if (file.size or 0) > LARGEST_FILE:
        raise FileTooLarge
    return decoded(file.read()) if not pasted.strip() else f"{pasted}\n{decoded(file.read())}"
