"""The verbs of tiers themselves: make, change, retire."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from porch.community.circles.reads import circles_seen_by
from porch.community.roles.limits import require_can_admit
from porch.community.roles.reads import rights_of
from porch.community.roles.rules import require
from porch.community.tiers.acts import CHANGED, MADE, RETIRED
from porch.community.tiers.days import lapse_after
from porch.community.tiers.facts import TierChanged, TierMade, TierRetired
from porch.community.tiers.jobs import close_to_holders, open_to_holders
from porch.community.tiers.models import MemberTier, Period, Tier, TierCircle
from porch.community.tiers.opening import take_turn
from porch.community.tiers.rights import MANAGE_TIERS
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.money import MOST, clean_currency
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.kit.text import clean_line, fold
from porch.people.identity.models import Person

MOST_GRACE = 366
MOST_NAME, MOST_OPENS = 60, 500


class TierNameIsTaken(Conflict):
    text = _("There is a tier of this name already.")
    hint = _("Choose another name: files name a tier by it.")


class PriceDoesNotFit(BadInput):
    text = _("A price is nothing or more.")
    hint = _("Write 0 for a tier that costs nothing.")


class GraceDoesNotFit(BadInput):
    text = _("Grace lasts between 0 and %(most)s days.")
    hint = _("Two weeks are usual.")


class PeriodStays(Conflict):
    text = _("Members have this tier, so how long it lasts and its currency stay.")
    hint = _("Make a new tier, and retire this one.")


class WholeIsOpenToAll(BadInput):
    text = _("The whole community is open to every member, whatever their tier.")
    hint = _("Choose circles within it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TierTerms:
    """What a tier is: ``price`` in the smallest unit of ``currency``, ``opens`` in plain words and as circles."""

    name: str
    opens: str
    price: int
    currency: str
    period: str
    grace_days: int
    circles: Collection[int] = ()
    position: int = 0


@transaction.atomic
def make_tier(*, terms: TierTerms, by: Person, at: datetime) -> Tier:
    """Make a tier. Nobody has it yet."""
    require(by.pk, MANAGE_TIERS)
    take_turn([])
    tier = Tier(made_at=at, **columns_of(terms))
    require_own_name(tier)
    tier.save(force_insert=True)
    TierCircle.objects.bulk_create(
        TierCircle(tier=tier, circle_id=each) for each in checked(terms.circles, by)
    )
    record(MADE, by_id=by.pk, at=at, tier_id=tier.pk)
    note(TierMade(tier_id=tier.pk, at=at))
    return tier


@transaction.atomic
def change_tier(*, tier: Tier, terms: TierTerms, by: Person, at: datetime) -> Tier:
    """Change a tier for everyone who has it. Renewal dates stay; grace is counted anew for those who have not lapsed.

    Circles that it opens anew, or no longer, are opened and closed by a job.
    """
    require(by.pk, MANAGE_TIERS)
    take_turn([tier.pk])
    tier = find_tier(tier.pk)
    before = (tier.period, tier.currency)
    for name, value in columns_of(terms).items():
        setattr(tier, name, value)
    if (tier.period, tier.currency) != before and MemberTier.objects.filter(
        tier=tier, ended_at=None
    ).exists():
        raise PeriodStays
    require_own_name(tier)
    tier.save()
    count_grace_anew(tier)
    change_circles(tier, checked(terms.circles, by))
    record(CHANGED, by_id=by.pk, at=at, tier_id=tier.pk)
    note(TierChanged(tier_id=tier.pk, at=at))
    return tier


@transaction.atomic
def retire_tier(*, tier: Tier, is_retired: bool, by: Person, at: datetime) -> Tier:
    """Let nobody get a tier any more, or take that back. Whoever has it keeps it, and can renew it."""
    require(by.pk, MANAGE_TIERS)
    take_turn([])
    tier = find_tier(tier.pk)
    if (tier.retired_at is not None) == is_retired:
        return tier
    tier.retired_at = at if is_retired else None
    require_own_name(tier)
    tier.save(update_fields=["retired_at"])
    record(RETIRED if is_retired else CHANGED, by_id=by.pk, at=at, tier_id=tier.pk)
    note(TierRetired(tier_id=tier.pk, at=at) if is_retired else TierChanged(tier_id=tier.pk, at=at))
    return tier


def find_tier(pk: int) -> Tier:
    """Find a tier, locked. Raises ``NotFound``."""
    tier = Tier.objects.select_for_update().filter(pk=pk).first()
    if tier is None:
        raise NotFound
    return tier


def columns_of(terms: TierTerms) -> dict[str, object]:
    """Look through what a tier is to be, and give it as columns."""
    name = clean_line(terms.name, most=MOST_NAME, name=_("name"))
    if not 0 <= terms.price <= MOST:
        raise PriceDoesNotFit
    if not 0 <= terms.grace_days <= MOST_GRACE:
        raise GraceDoesNotFit(most=MOST_GRACE)
    if terms.period not in Period.values:
        raise BadInput
    return {
        "name": name,
        "folded": fold(name),
        "opens": clean_line(terms.opens, most=MOST_OPENS, name=_("text")) if terms.opens.strip() else "",
        "price": terms.price,
        "currency": clean_currency(terms.currency),
        "period": terms.period,
        "grace_days": terms.grace_days,
        "position": max(0, min(terms.position, 32_000)),
    }


def require_own_name(tier: Tier) -> None:
    """Refuse a name that another tier has which is not retired."""
    others = Tier.objects.filter(folded=tier.folded, retired_at=None).exclude(pk=tier.pk)
    if tier.retired_at is None and others.exists():
        raise TierNameIsTaken


def checked(circles: Collection[int], by: Person) -> set[int]:
    """Give the numbers of circles that somebody may know of, and whose members may no more than they.

    Raises ``WholeIsOpenToAll``, ``GrantsMore``, and ``NotFound`` for unknown ones.
    """
    found = list(circles_seen_by(by.pk, rights_of(by.pk)).filter(pk__in=circles))
    if len(found) < len(set(circles)):
        raise NotFound
    for circle in found:
        if circle.is_whole:
            raise WholeIsOpenToAll
        require_can_admit(by, circle)
    return {circle.pk for circle in found}


def count_grace_anew(tier: Tier) -> None:
    """Move the day of the lapse of everyone who has a tier and has not lapsed."""
    theirs = MemberTier.objects.filter(tier=tier, ended_at=None, lapsed_at=None, renews_on__isnull=False)
    moved = theirs.exclude(lapses_on=F("renews_on") + timedelta(days=tier.grace_days))
    for day in set(moved.values_list("renews_on", flat=True)):
        if day is not None:
            theirs.filter(renews_on=day).update(lapses_on=lapse_after(day, tier.grace_days))


def change_circles(tier: Tier, wanted: set[int]) -> None:
    """Have a tier open these circles and no others; jobs open and close them to those who have it."""
    there = set(tier.circles.values_list("circle_id", flat=True))
    TierCircle.objects.bulk_create(TierCircle(tier=tier, circle_id=each) for each in wanted - there)
    tier.circles.filter(circle_id__in=there - wanted).delete()
    for circle_id in sorted(wanted - there):
        open_to_holders.enqueue(tier.pk, circle_id)
    for circle_id in sorted(there - wanted):
        close_to_holders.enqueue(tier.pk, circle_id)
