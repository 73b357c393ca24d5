"""A member's own tier, on their account."""

from django.http import HttpResponse
from django.shortcuts import render

from porch.community.membership.models import Member
from porch.community.membership.rules import members
from porch.community.payments.reads import payments_of
from porch.community.tiers.holding import held_by
from porch.community.tiers.opening import opened_by
from porch.community.tiers.reads import state_on
from porch.kit.days import day_of
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.time import now
from porch.people.doors import SignedInRequest

PAGE = 50


@members
def show_own_tier(request: SignedInRequest) -> HttpResponse:
    """Which tier one has, what it opens, when it renews, and what one paid."""
    member, number = Member.objects.get(person=request.user), page_number(request)
    held = held_by(member)
    rows, has_more = page_of(payments_of(member), number, PAGE)
    shown = {
        "held": held,
        "state": state_on(held, day_of(now())) if held else None,
        "opens": opened_by(held.tier_id) if held else [],
        "payments": rows,
        **neighbours(request, number, has_more=has_more),
    }
    return render(request, "community/payments/own.html", shown)
