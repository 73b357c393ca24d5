"""What becomes of tiers by time alone: letters before, when grace begins and at the lapse; then circles close."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from porch.community.tiers.days import State, state_of
from porch.community.tiers.facts import TierLapsed
from porch.community.tiers.holding import end
from porch.community.tiers.letters import tell_of_renewal
from porch.community.tiers.models import Ending, MemberTier, Notice, TierNotice
from porch.community.tiers.opening import close_circles, opened_by, take_turn
from porch.engine.facts.noting import note
from porch.kit.days import day_of

BEFORE = timedelta(days=7)


def attend_renewals(*, at: datetime) -> int:
    """Look after every tier for which its time has come; give their number. Run twice, it does nothing the second time.

    After days without a run each member hears how it stands now, and nothing of what was missed.
    """
    return sum(attend(pk, at=at) for pk in list(due(day_of(at))))


@transaction.atomic
def attend(pk: int, *, at: datetime) -> bool:
    """Do what the day asks for one member's tier, if nobody has done it; say whether it was done."""
    tier_id = MemberTier.objects.filter(pk=pk).values_list("tier_id", flat=True).first()
    take_turn([tier_id])
    found = MemberTier.objects.standing().select_related("tier", "member__person")
    held = found.filter(pk=pk, lapsed_at=None).first()
    if held is None or held.renews_on is None:
        return False
    day = day_of(at)
    state = state_of(held.renews_on, held.lapses_on, day)
    if held.is_ending:
        if state is State.ACTIVE:
            return False
        end(held, Ending.RAN_OUT, at=at)
        return True
    if state is State.LAPSED:
        lapse(held, at=at)
        tell_once(held, Notice.LAPSE, at=at)
        return True
    if state is State.GRACE:
        return tell_once(held, Notice.GRACE, at=at)
    return held.renews_on - BEFORE <= day and tell_once(held, Notice.BEFORE, at=at)


def lapse(held: MemberTier, *, at: datetime) -> None:
    """Close the circles of a tier that nobody renewed. The row stays: a payment opens them again."""
    held.lapsed_at = at
    held.save(update_fields=["lapsed_at"])
    close_circles(held.member, [each.pk for each in opened_by(held.tier_id)], at=at)
    note(TierLapsed(member_id=held.member_id, tier_id=held.tier_id, at=at))


def tell_once(held: MemberTier, notice: str, *, at: datetime) -> bool:
    """Write to a member how their tier stands, once for each renewal date; say whether that was now."""
    renews_on = held.renews_on
    if (
        renews_on is None
        or TierNotice.objects.filter(member_tier=held, notice=notice, renews_on=renews_on).exists()
    ):
        return False
    TierNotice.objects.create(member_tier=held, notice=notice, renews_on=renews_on, at=at)
    tell_of_renewal(held, notice, at=at)
    return True


def due(day: date) -> Iterator[int]:
    """Give the tiers for which something may be due on a day: those who were told and wait are not read."""
    standing = MemberTier.objects.standing().filter(lapsed_at=None, renews_on__lte=day + BEFORE)
    over = Q(lapses_on__lte=day) | Q(is_ending=True, renews_on__lte=day)
    waiting = {
        Notice.GRACE: Q(renews_on__lte=day, lapses_on__gt=day, is_ending=False),
        Notice.BEFORE: Q(renews_on__gt=day, is_ending=False),
    }
    yield from standing.filter(over).order_by("pk").values_list("pk", flat=True)
    for notice, where in waiting.items():
        told = TierNotice.objects.filter(
            member_tier=OuterRef("pk"), renews_on=OuterRef("renews_on"), notice=notice
        )
        yield from standing.filter(where, ~Exists(told)).order_by("pk").values_list("pk", flat=True)
