from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.circles.reads import circles_seen_by
from porch.community.roles.rules import having, rights_here
from porch.community.tiers.actions import change_tier, make_tier, retire_tier
from porch.community.tiers.forms import Given, field_at, given_in, given_of, read_terms
from porch.community.tiers.models import Period, Tier
from porch.community.tiers.reads import inner_circles, tier_rows
from porch.community.tiers.rights import MANAGE_TIERS
from porch.kit.days import day_of
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest

treasurers = having(MANAGE_TIERS)


@treasurers
def show_tiers(request: SignedInRequest) -> HttpResponse:
    """Every tier, with how many members have it."""
    shown = {"rows": tier_rows(day_of(now())), "told": told(request)}
    return forget_told(request, render(request, "community/tiers/tiers.html", shown))


@treasurers
@require_http_methods(["GET", "HEAD", "POST"])
def new_tier(request: SignedInRequest) -> HttpResponseBase:
    """Make a tier. A refusal gives everything back with the reason beside it."""
    newest = Tier.objects.order_by("-pk").first()
    given = Given({**dict.fromkeys(("name", "opens", "price", "position"), ""), "grace_days": "14",
                   "period": Period.YEAR, "currency": newest.currency if newest else ""})  # fmt: skip
    refusal = None
    if request.method == "POST":
        given = given_in(request.POST)
        try:
            make_tier(terms=read_terms(given), by=request.user, at=now())
            return go_and_tell("tiers", word="tier-made")
        except Refusal as no:
            refusal = no
    return tier_form(request, given, refusal)


@treasurers
@require_http_methods(["GET", "HEAD", "POST"])
def edit_tier(request: SignedInRequest, tier: int) -> HttpResponseBase:
    """Change a tier for everyone who has it."""
    found, refusal = find(tier), None
    given = given_of(found)
    if request.method == "POST":
        given = given_in(request.POST)
        try:
            change_tier(tier=found, terms=read_terms(given), by=request.user, at=now())
            return go_and_tell("tiers", word="tier-changed")
        except Refusal as no:
            refusal = no
    return tier_form(request, given, refusal, found)


@treasurers
@require_POST
def retire(request: SignedInRequest, tier: int) -> HttpResponseBase:
    """Retire a tier, or take that back."""
    is_retired = request.POST.get("is") == "yes"
    retire_tier(tier=find(tier), is_retired=is_retired, by=request.user, at=now())
    return go_and_tell("tiers", word="tier-retired" if is_retired else "tier-changed")


def tier_form(
    request: SignedInRequest, given: Given, refusal: Refusal | None, tier: Tier | None = None
) -> HttpResponse:
    """Show the form of a tier, and what could not be done with it."""
    shown = {
        "tier": tier,
        "given": given.texts,
        "chosen": given.circles,
        "circles": inner_circles(circles_seen_by(request.user.pk, rights_here(request))),
        "periods": Period.choices,
        "refusal": refusal,
        "at_field": field_at(refusal),
    }
    return render(request, "community/tiers/tier.html", shown, status=refusal.status if refusal else 200)


def find(pk: int) -> Tier:
    """Find a tier. Raises ``NotFound``."""
    tier = Tier.objects.filter(pk=pk).first()
    if tier is None:
        raise NotFound
    return tier
