"""Tiers, who has which, and what was paid."""

from collections import defaultdict
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query, Router

from porch.community.membership.models import Member
from porch.community.payments.actions import Received, record_payment
from porch.community.payments.models import Payment
from porch.community.roles.rules import may, require
from porch.community.tiers.days import read_day
from porch.community.tiers.holding import find_member, held_by, set_tier
from porch.community.tiers.models import MemberTier, Tier, TierCircle
from porch.community.tiers.reads import renewals, state_on
from porch.community.tiers.rights import MANAGE_TIERS
from porch.kit.days import day_of
from porch.kit.refusals import NotFound
from porch.web.api import reads
from porch.web.api.cursors import USUAL, Cursor, Limit, Part, part_of
from porch.web.api.gate import ApiRequest, Needs, Whom
from porch.web.api.members import MOST_ID
from porch.web.api_belonging.scopes import TIERS_READ, TIERS_WRITE
from porch.web.api_belonging.shapes import HeldTierOut, PaymentIn, PaymentOut, SetTierOut, TierIn, TierOut

TOLD = ("name", "opens", "price", "currency", "period", "grace_days", "retired_at")
HELD = ("member_id", "tier_id", "since", "renews_on", "lapses_on", "is_ending")
PAID = ("amount", "currency", "received_on", "reference", "note", "recorded_at", "renewed_to")
Which = Annotated[
    Literal["due", "grace", "lapsed"],
    Query(description="due in the next 30 days, in grace, or lapsed."),
]
OfTier = Annotated[int | None, Query(ge=1, le=MOST_ID, description="Only of this tier.")]

router = Router(tags=["Tiers"])


@router.get(
    "/tiers",
    auth=Needs(TIERS_READ, Whom.INSIDE),
    response=Part[TierOut],
    summary="List the tiers",
    url_name="api-tiers",
)
def list_tiers(
    request: ApiRequest, response: HttpResponse, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """The tiers that one can have; those who give them see retired ones too."""
    found = Tier.objects.all()
    if not may(request.auth.person_id, MANAGE_TIERS):
        found = found.filter(retired_at=None)
    said = part_of(request, response, found, as_tier, cursor=cursor, limit=limit)
    return add_circles(said, request.auth.person_id)


@router.get(
    "/renewals",
    auth=Needs(TIERS_READ, Whom.MEMBER, MANAGE_TIERS),
    response=Part[HeldTierOut],
    summary="List the renewals",
    url_name="api-renewals",
)
def list_renewals(
    request: ApiRequest,
    response: HttpResponse,
    which: Which = "due",
    tier: OfTier = None,
    cursor: Cursor = "",
    limit: Limit = USUAL,
) -> dict[str, object]:
    """Whose tier is to renew, is in grace, or has lapsed."""
    found = renewals(which, day_of(request.auth.at), tier)
    return part_of(request, response, found, lambda each: as_held(request, each), cursor=cursor, limit=limit)


@router.get(
    "/members/{int:member}/tier",
    auth=Needs(TIERS_READ, Whom.MEMBER),
    response=HeldTierOut,
    summary="Show a member's tier",
    url_name="api-member-tier",
)
def show_tier(request: ApiRequest, member: int) -> dict[str, object]:
    """Which tier a member has: my own, or anybody's for those who give tiers. Who has none is not found."""
    held = held_by(find_own_or_kept(request, member))
    if held is None:
        raise NotFound
    return as_held(request, held)


@router.put(
    "/members/{int:member}/tier",
    auth=Needs(TIERS_WRITE, Whom.MEMBER, MANAGE_TIERS),
    response=SetTierOut,
    summary="Give a member a tier",
    url_name="api-member-tier",
)
def give_tier(request: ApiRequest, member: int, body: TierIn) -> dict[str, object]:
    """Give a member a tier in place of the one before, or another renewal date to the one they have."""
    at, tier = request.auth.at, Tier.objects.filter(pk=body.tier_id).first()
    if tier is None:
        raise NotFound
    day = read_day(body.renews_on, around=day_of(at)) if body.renews_on is not None else None
    by, about = request.auth.someone, find_member(member)
    given = set_tier(member=about, tier=tier, by=by, at=at, renews_on=day, reason=body.reason[:500])
    return {**as_held(request, given.held), "full": [each.pk for each in given.full]}


@router.get(
    "/members/{int:member}/payments",
    auth=Needs(TIERS_READ, Whom.MEMBER),
    response=Part[PaymentOut],
    summary="List a member's payments",
    url_name="api-member-payments",
)
def list_payments(
    request: ApiRequest, response: HttpResponse, member: int, cursor: Cursor = "", limit: Limit = USUAL
) -> dict[str, object]:
    """What a member paid, and what was taken back: my own, or anybody's for those who record payments."""
    found = Payment.objects.filter(member=find_own_or_kept(request, member))
    return part_of(request, response, found, as_payment, cursor=cursor, limit=limit)


@router.post(
    "/members/{int:member}/payments",
    auth=Needs(TIERS_WRITE, Whom.MEMBER, MANAGE_TIERS),
    response=PaymentOut,
    summary="Record a payment",
    url_name="api-member-payments",
)
def record_this_payment(request: ApiRequest, member: int, body: PaymentIn) -> dict[str, object]:
    """Record what a member paid. Send an Idempotency-Key, so that it is recorded once."""
    at = request.auth.at
    received = Received(
        amount=body.amount,
        currency=body.currency,
        received_on=read_day(body.received_on, around=day_of(at)),
        reference=body.reference,
        note=body.note,
    )
    by, about = request.auth.someone, find_member(member)
    return as_payment(record_payment(member=about, received=received, by=by, at=at, renews=body.renews))


def find_own_or_kept(request: ApiRequest, number: int) -> Member:
    """Find the member that whoever asks is, or any for those who look after tiers. Raises ``NeedsRight``."""
    found = Member.objects.belonging().select_related("person").filter(pk=number).first()
    if found is None or found.person_id != request.auth.person_id:
        # Before it is said whether there is such a member: others learn nothing of whom they may not ask about.
        require(request.auth.person_id, MANAGE_TIERS)
    if found is None:
        raise NotFound
    return found


def as_tier(tier: Tier) -> dict[str, object]:
    """Say of a tier what it is; its circles are added to all of a part at once."""
    return {name: getattr(tier, name) for name in TOLD} | {"id": tier.pk}


def add_circles(said: dict[str, object], person_id: int | None) -> dict[str, object]:
    """Read the circles that all tiers of a part open; hidden ones for those who know of them."""
    items: list[dict[str, object]] = said["items"]  # type: ignore[assignment]
    opened: dict[int, list[int]] = defaultdict(list)
    known = reads.circles_known(person_id).values("pk")
    rows = TierCircle.objects.filter(tier__in=[each["id"] for each in items], circle__in=known)
    for tier_id, circle_id in rows.order_by("circle_id").values_list("tier_id", "circle_id"):
        opened[tier_id].append(circle_id)
    for each in items:
        each["circles"] = opened[each["id"]]  # type: ignore[index]
    return said


def as_held(request: ApiRequest, held: MemberTier) -> dict[str, object]:
    """Say which tier somebody has, and what it is worth today."""
    return {name: getattr(held, name) for name in HELD} | {
        "id": held.pk,
        "name": held.member.person.name,
        "state": str(state_on(held, day_of(request.auth.at))),
    }


def as_payment(payment: Payment) -> dict[str, object]:
    """Say of a payment what whoever paid may know."""
    return {name: getattr(payment, name) for name in PAID} | {
        "id": payment.pk,
        "is_taken_back": payment.taken_back_at is not None,
        "takes_back": payment.counters_id,
    }
