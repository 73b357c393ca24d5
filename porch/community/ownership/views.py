"""One's own rights, and the ownership as it is offered and answered."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST
from markupsafe import Markup

from porch.community.circles.models import Circle
from porch.community.membership.rules import members
from porch.community.ownership.actions import accept, decline, hand_over, withdraw
from porch.community.ownership.models import OwnershipOffer
from porch.community.ownership.reads import OFFER_TO, open_offers
from porch.community.ownership.rules import is_owner, owners
from porch.community.roles.lists import by_circle, find_member
from porch.community.roles.rules import rights_here
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import BadInput, NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest, signed_in

ANSWERS = {"accept": accept, "decline": decline, "withdraw": withdraw}
OFFERED = "ownership-offered"


class NoSuchAnswer(BadInput):
    pass


def show_offer(request: HttpRequest) -> Markup | None:
    """Fill the first page inside for whoever is offered the ownership and has not answered."""
    offer = OFFER_TO.first(person=request.user.pk or 0, at=now())
    if offer is None:
        return None
    page = render_to_string("community/ownership/waiting.html", {"offer": offer}, request)
    return Markup(page)  # noqa: S704 - a rendered template


@signed_in
def show_rights(request: SignedInRequest) -> HttpResponse:
    """What one may here, from which role and where; and offers of the ownership that wait."""
    shown = {
        "places": by_circle(rights_here(request)),
        "offers": list(open_offers(request.user.pk, at=now())),
        "is_owner": is_owner(request),
        "told": told(request),
    }
    return forget_told(request, render(request, "community/ownership/rights.html", shown))


@owners.recently
@require_http_methods(["GET", "HEAD", "POST"])
def offer_ownership(request: SignedInRequest) -> HttpResponseBase:
    """Offer the ownership of the community to a member."""
    who, refusal = request.POST.get("who", ""), None
    if request.method == "POST":
        try:
            whole = Circle.objects.get(is_whole=True)
            hand_over(to=find_member(who, whole), by=request.user, at=now())
            return go_and_tell("account-rights", word=OFFERED)
        except Refusal as no:
            refusal = no
    shown = {"who": who, "refusal": refusal}
    status = refusal.status if refusal else 200
    return render(request, "community/ownership/offer.html", shown, status=status)


@members.recently
@require_POST
def answer_offer(request: SignedInRequest, offer: int) -> HttpResponseBase:
    """Accept or decline an offer that was made to whoever asks, or take back their own."""
    found = OwnershipOffer.objects.filter(pk=offer).first() if offer < 1 << 63 else None
    if found is None:
        raise NotFound
    way = request.POST.get("way", "")
    if way not in ANSWERS:
        raise NoSuchAnswer
    ANSWERS[way](offer=found, by=request.user, at=now())
    return go_and_tell("account-rights", word=f"ownership-{way}")
