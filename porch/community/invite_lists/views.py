"""Inviting a list of addresses: it is looked through, and after a press its letters are written."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from porch.community.invite_lists.actions import MOST, NO_ADDRESS, Report, invite_addresses, look_through
from porch.community.invite_lists.parsing import decoded
from porch.community.invites.rights import INVITE
from porch.community.invites.views.making import answers, chosen_circle, form_of, number_in
from porch.community.roles.rules import having
from porch.kit.refusals import BadInput, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest
from porch.people.sign_in.letters import can_send

LARGEST_FILE = 20_000_000


class FileTooLarge(BadInput):
    text = _("This file is too large for a list of addresses.")
    hint = _("At most 20 MB. Send it in parts.")


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
            return render(request, "community/invite_lists/report.html", told)
        except Refusal as refused:
            refusal = refused
    shown |= {"list": request.POST.get("list", ""), "refusal": refusal, "most": MOST}
    shown["a_day"] = settings.PORCH_INVITES_A_DAY
    return render(
        request, "community/invite_lists/list.html", shown, status=refusal.status if refusal else 200
    )


def told_of(report: Report) -> dict[str, object]:
    """Give what the page tells of a list; what cannot be read stands first, since it can be mended."""
    refused = sorted(report.refused, key=lambda told: told[2] is not NO_ADDRESS)
    return {"report": report, "refused": refused, "can_send": can_send()}


def list_in(request: SignedInRequest) -> str:
    """Give what was pasted, and after it what is in the file."""
    pasted, file = request.POST.get("list", ""), request.FILES.get("file")
    if file is None:
        return pasted
    if (file.size or 0) > LARGEST_FILE:
        raise FileTooLarge
    return decoded(file.read()) if not pasted.strip() else f"{pasted}\n{decoded(file.read())}"
