"""The pages on which payments are recorded: what is to renew, one member's tier, one payment."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from porch.community.membership.models import Member
from porch.community.payments import forms
from porch.community.payments.actions import correct, record_payment, take_back
from porch.community.payments.models import Payment
from porch.community.payments.reads import payments_of
from porch.community.tiers.days import read_day
from porch.community.tiers.forms import field_at, whole_number
from porch.community.tiers.holding import end_tier, find_member, held_by, set_tier
from porch.community.tiers.models import MemberTier, Tier
from porch.community.tiers.opening import opened_by
from porch.community.tiers.reads import AHEAD, choosable, count_renewals, renewals, state_on
from porch.community.tiers.views import treasurers
from porch.kit.days import day_of
from porch.kit.ids import new_token
from porch.kit.money import plain_amount
from porch.kit.once import forget_told, go_and_tell, told
from porch.kit.paging import neighbours, page_number, page_of
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest

PAGE = 50
LISTS = ("due", "grace", "lapsed")


@treasurers
def show_renewals(request: SignedInRequest) -> HttpResponse:
    """What is to renew in the next 30 days, what is in grace, and what has lapsed."""
    which = request.GET.get("which", "due")
    which, number, day = which if which in LISTS else "due", page_number(request), day_of(now())
    tier_id = whole_number(request.GET.get("tier", ""), otherwise=0) or None
    rows, has_more = page_of(renewals(which, day, tier_id), number, PAGE)
    shown = {
        "which": which,
        "tier_id": tier_id,
        "tiers": choosable(),
        "counts": count_renewals(day, tier_id),
        "rows": [(each, plain_amount(each.tier.price, each.tier.currency)) for each in rows],
        "today": day,
        "once": new_token(),
        "told": told(request),
        **neighbours(request, number, has_more=has_more),
    }
    return forget_told(request, render(request, "community/payments/renewals.html", shown))


@treasurers
@require_http_methods(["GET", "HEAD", "POST"])
def member_tier(request: SignedInRequest, member: int) -> HttpResponseBase:
    """One member's tier and payments; a form sets the tier."""
    found = find_member(member)
    if request.method != "POST":
        return member_page(request, found)
    at, text = now(), request.POST.get("renews_on", "")
    try:
        tier = Tier.objects.filter(pk=whole_number(request.POST.get("tier", ""), otherwise=0)).first()
        if tier is None:
            raise NotFound
        renews_on = read_day(text, around=day_of(at)) if text.strip() else None
        given = set_tier(member=found, tier=tier, renews_on=renews_on, by=request.user, at=at)
    except Refusal as refusal:
        chosen = {"tier": request.POST.get("tier", ""), "renews_on": text}
        return member_page(request, found, refusal=refusal, chosen=chosen, at_field=field_at(refusal))
    return go_and_tell("member-tier", found.pk, word="tier-set-some-full" if given.full else "tier-set")


@treasurers
@require_POST
def end_member_tier(request: SignedInRequest, member: int) -> HttpResponseBase:
    """End a member's tier, at once or on its renewal date."""
    found, now_already = find_member(member), request.POST.get("when") == "now"
    end_tier(member=found, now_already=now_already, by=request.user, at=now())
    return go_and_tell("member-tier", found.pk, word="tier-ended" if now_already else "tier-ending")


@treasurers
@require_POST
def record_member_payment(request: SignedInRequest, member: int) -> HttpResponseBase:
    """Record what a member paid: from their page, or in one press from the list of renewals."""
    found, at, given = find_member(member), now(), forms.given_in(request.POST)
    once, expected = request.POST.get("once", "")[:60], request.POST.get("renews_from", "")
    try:
        record_payment(
            member=found,
            received=forms.read_received(given, day_of(at)),
            renews=request.POST.get("renews") == "yes",
            renews_from=read_day(expected, around=day_of(at)) if expected else None,
            key=f"{found.pk}:{once}" if once else None,
            by=request.user,
            at=at,
        )
    except Refusal as refusal:
        return member_page(request, found, refusal=refusal, given=given, at_field=forms.field_at(refusal))
    which = request.POST.get("which", "")
    to = f"{reverse('renewals')}?which={which}" if which in LISTS else ""
    if to:
        return go_and_tell(to, word="payment-recorded")
    return go_and_tell("member-tier", found.pk, word="payment-recorded")


@treasurers
@require_http_methods(["GET", "HEAD", "POST"])
def show_payment(request: SignedInRequest, payment: int) -> HttpResponseBase:
    """One payment: put it right, or take it back."""
    found, refusal = find_payment(payment), None
    given, reason = forms.given_of(found), request.POST.get("reason", "")
    if request.method == "POST":
        at = now()
        try:
            if request.POST.get("then") == "correct":
                given = forms.given_in(request.POST)
                received = forms.read_received(given, day_of(at))
                correct(payment=found, received=received, reason=reason, by=request.user, at=at)
            else:
                take_back(payment=found, reason=reason, by=request.user, at=at)
            if found.member_id is None:
                return go_and_tell("renewals", word="payment-changed")
            return go_and_tell("member-tier", found.member_id, word="payment-changed")
        except Refusal as no:
            refusal = no
    shown = {"payment": found, "given": given, "reason": reason, "refusal": refusal}
    shown["at_field"] = forms.field_at(refusal)
    return render(
        request, "community/payments/payment.html", shown, status=refusal.status if refusal else 200
    )


def member_page(request: SignedInRequest, member: Member, **form: Any) -> HttpResponse:
    """Show a member's tier and payments, and what of a form could not be done."""
    held, day, number = held_by(member), day_of(now()), page_number(request)
    rows, has_more = page_of(payments_of(member), number, PAGE)
    refusal = form.get("refusal")
    shown: dict[str, Any] = {
        "member": member,
        "held": held,
        # A tier that was just set has its time before it: one payment is not to renew it once more.
        "is_due": bool(held and held.renews_on and held.renews_on <= day + AHEAD),
        "state": state_on(held, day) if held else None,
        "opens": opened_by(held.tier_id) if held else [],
        "history": MemberTier.objects.filter(member=member)
        .exclude(ended_at=None)
        .select_related("tier")
        .order_by("-ended_at", "-id")[:20],
        "tiers": [(str(each.pk), each.name) for each in choosable(held)],
        "chosen": {
            "tier": str(held.tier_id) if held else "",
            "renews_on": (held.renews_on or "") if held else "",
        },
        "given": forms.given_for(held, day),
        "payments": rows,
        "once": new_token(),
        "refusal": None,
        "at_field": "",
        "told": told(request),
        **neighbours(request, number, has_more=has_more),
        **form,
    }
    status = refusal.status if refusal else 200
    return forget_told(request, render(request, "community/payments/member.html", shown, status=status))


def find_payment(pk: int) -> Payment:
    """Find a payment. Raises ``NotFound``."""
    payment = Payment.objects.select_related("member__person", "counters").filter(pk=pk).first()
    if payment is None:
        raise NotFound
    return payment
