"""Tiers as pages list them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Q, QuerySet

from porch.community.circles.models import Circle
from porch.community.tiers.days import State, state_of
from porch.community.tiers.models import MemberTier, Tier, TierCircle

AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class TierRow:
    """A tier with the number of members who have it, lapsed ones apart, and the circles that it opens."""

    tier: Tier
    holders: int
    lapsed: int
    circles: Sequence[str]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many renewals are due in the next 30 days, how many tiers are in grace, and how many have lapsed."""

    due: int
    grace: int
    lapsed: int


def tier_rows(day: date) -> list[TierRow]:
    """List every tier, those that are retired last."""
    of = dict.fromkeys(("holders", "lapsed"), 0)
    standing = MemberTier.objects.standing().order_by().values("tier")
    counted = {
        row["tier"]: row
        for row in standing.annotate(
            holders=Count("pk", filter=~Q(lapses_on__lte=day) | Q(lapses_on=None)),
            lapsed=Count("pk", filter=Q(lapses_on__lte=day)),
        )
    }
    names: dict[int, list[str]] = {}
    for tier_id, name in TierCircle.objects.order_by("circle__name").values_list("tier_id", "circle__name"):
        names.setdefault(tier_id, []).append(name)
    tiers = Tier.objects.order_by(F("retired_at").asc(nulls_first=True), "position", "name", "pk")
    rows = [(each, counted.get(each.pk, of)) for each in tiers]
    return [TierRow(each, row["holders"], row["lapsed"], tuple(names.get(each.pk, ()))) for each, row in rows]


def choosable(held: MemberTier | None = None) -> list[Tier]:
    """List the tiers that a member can get, and the one that they have."""
    found = Tier.objects.filter(Q(retired_at=None) | Q(pk=held.tier_id if held else 0))
    return list(found.order_by("position", "name", "pk"))


def inner_circles(seen: "QuerySet[Circle]") -> list[Circle]:
    """List the circles that a tier can open: those of which somebody may know, but for the whole."""
    return list(seen.filter(is_whole=False).order_by("name", "pk"))


def renewals(which: str, day: date, tier_id: int | None = None) -> "QuerySet[MemberTier]":
    """Give the renewals that are due in the next 30 days (``due``), in ``grace``, or ``lapsed``, the oldest first."""
    found = MemberTier.objects.standing().filter(during(which, day)).select_related("tier", "member__person")
    if tier_id is not None:
        found = found.filter(tier=tier_id)
    return found.order_by("-lapses_on", "-id") if which == State.LAPSED else found.order_by("renews_on", "id")


def count_renewals(day: date, tier_id: int | None = None) -> Counts:
    """Count the three lists, in one query."""
    found = MemberTier.objects.standing()
    if tier_id is not None:
        found = found.filter(tier=tier_id)
    sums = found.aggregate(
        **{each: Count("pk", filter=during(each, day)) for each in ("due", "grace", "lapsed")}
    )
    return Counts(**sums)


def during(which: str, day: date) -> Q:
    """Say which rows stand in one of the three lists on a day."""
    if which == State.LAPSED:
        return Q(lapses_on__lte=day)
    if which == State.GRACE:
        return Q(renews_on__lte=day, lapses_on__gt=day)
    return Q(renews_on__gt=day, renews_on__lte=day + AHEAD)


def state_on(held: MemberTier, day: date) -> State:
    """Say what a member's tier is worth on a day."""
    return state_of(held.renews_on, held.lapses_on, day)
