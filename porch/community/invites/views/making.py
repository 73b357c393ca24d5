"""Making a link that is shown once, and what its form shares with that of lists."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from porch.community.circles.models import Circle
from porch.community.invites.actions import make_link
from porch.community.invites.letters import link_of, name_of
from porch.community.invites.models import LONGEST_NOTE, MOST_DAYS, MOST_USES
from porch.community.invites.rights import INVITE
from porch.community.invites.rules import circles_to_invite, inviters
from porch.community.roles.rules import may
from porch.kit.refusals import BadInput, NotFound, Refusal
from porch.kit.text import read_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest

answers = require_http_methods(["GET", "HEAD", "POST"])


class NotANumber(BadInput):
    text = _("%(said)s is not a number.")
    hint = _("Write it in digits.")


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
