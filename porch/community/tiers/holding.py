"""The verbs of members' tiers: set one, end it, and the steps that a payment and a file go too."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.membership.models import Member
from porch.community.roles.rules import require
from porch.community.tiers.acts import ENDED, ENDING, SET
from porch.community.tiers.days import State, lapse_after, month_day_behind, one_period_after, state_of
from porch.community.tiers.facts import TierEnded, TierRenewed, TierSet
from porch.community.tiers.models import Ending, MemberTier, Period, Tier
from porch.community.tiers.opening import TURN, close_circles, open_circles, opened_by, take_turn
from porch.community.tiers.rights import MANAGE_TIERS
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.days import day_of
from porch.kit.locks import take_turns
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.people.identity.models import Person


class TierIsRetired(Conflict):
    text = _("This tier is retired, so nobody gets it any more.")
    hint = _("Choose another one.")


class OnceNeverRenews(BadInput):
    text = _("This tier is paid once and never renews.")
    hint = _("Leave the renewal date empty.")


class HasNoTier(Conflict):
    text = _("This member has no tier.")
    hint = _("Set one first.")


@dataclass(frozen=True, slots=True)
class Given:
    """A member's tier as it is now, whether that is new, and which of its circles had no room left."""

    held: MemberTier
    is_changed: bool
    full: tuple[Circle, ...] = ()


@transaction.atomic
def set_tier(
    *, member: Member, tier: Tier, by: Person, at: datetime, renews_on: date | None = None, reason: str = ""
) -> Given:
    """Give a member a tier, in place of the one before, or another renewal date to the one they have.

    Without a date it renews one period from today. Its circles open; one that is full stays closed.
    """
    require(by.pk, MANAGE_TIERS)
    before = held_by(member)
    take_turn([tier.pk, before.tier_id if before else None])
    return give(member=member, tier=tier, renews_on=renews_on, by=by, at=at, reason=reason)


def give(
    *, member: Member, tier: Tier, renews_on: date | None, by: Person, at: datetime, reason: str = ""
) -> Given:
    """Do the same once the right was asked for and the turn taken."""
    day = day_of(at)
    find_member(member.pk)
    if renews_on is not None and tier.period == Period.ONCE:
        raise OnceNeverRenews
    wanted = renews_on or one_period_after(day, tier.period, day.day)
    before = held_by(member)
    if before is not None and before.tier_id == tier.pk:
        if before.renews_on == wanted and not before.is_ending:
            return Given(before, False, open_where_due(before, day, at))
        held = before
    else:
        if tier.retired_at is not None:
            raise TierIsRetired
        if before is not None:
            end(before, Ending.CHANGED, at=at, keep=[each.pk for each in opened_by(tier.pk)])
        held = MemberTier(member=member, tier=tier, since=day)
    held.set_at, held.set_by, held.is_ending = at, Member.objects.filter(person=by).first(), False
    move_renewal(held, wanted, month_day=(renews_on or day).day, at=at)
    full = open_where_due(held, day, at)
    if held.lapsed_at is not None:
        close_circles(member, [each.pk for each in opened_by(tier.pk)], at=at)
    record(SET, by_id=by.pk, about_id=member.person_id, at=at, reason=reason, tier_id=tier.pk)
    note(TierSet(member_id=member.pk, tier_id=tier.pk, at=at))
    return Given(held, True, full)


@transaction.atomic
def end_tier(*, member: Member, now_already: bool, by: Person, at: datetime, reason: str = "") -> MemberTier:
    """End a member's tier, at once or on its renewal date. Nothing is deleted, and they stay a member."""
    require(by.pk, MANAGE_TIERS)
    held = held_by(member)
    take_turn([held.tier_id if held else None])
    held = held_by(member)
    if held is None:
        raise HasNoTier
    is_over = state_of(held.renews_on, held.lapses_on, day_of(at)) is not State.ACTIVE
    if now_already or held.renews_on is None or is_over:
        end(held, Ending.ENDED, at=at)
        record(ENDED, by_id=by.pk, about_id=member.person_id, at=at, reason=reason, tier_id=held.tier_id)
    elif not held.is_ending:
        held.is_ending = True
        held.save(update_fields=["is_ending"])
        record(ENDING, by_id=by.pk, about_id=member.person_id, at=at, reason=reason, tier_id=held.tier_id)
    return held


def renew(held: MemberTier, *, received_on: date, at: datetime) -> tuple[date, date] | None:
    """Move a renewal date on by one period for what was received on a day; give the date before and after.

    Whoever had lapsed by that day begins anew on it. None for what never renews. The turn has been taken.
    """
    before, after = held.renews_on, next_renewal(held, received_on)
    if before is None or after is None:
        return None
    put_renewal(held, after[0], month_day=after[1], at=at)
    note(TierRenewed(member_id=held.member_id, tier_id=held.tier_id, at=at))
    return before, after[0]


def put_back(held: MemberTier, renews_on: date, *, at: datetime) -> None:
    """Put a renewal date back to where it was before a payment that is taken back. The turn has been taken."""
    put_renewal(held, renews_on, month_day=month_day_behind(held.month_day, renews_on), at=at)
    note(TierSet(member_id=held.member_id, tier_id=held.tier_id, at=at))


def put_renewal(held: MemberTier, renews_on: date, *, month_day: int | None, at: datetime) -> None:
    """Move a renewal date, and open or close the circles if the tier has come to life or lapsed by that."""
    was_lapsed = held.lapsed_at is not None
    move_renewal(held, renews_on, month_day=month_day, at=at)
    if was_lapsed and held.lapsed_at is None:
        open_where_due(held, day_of(at), at)
    if not was_lapsed and held.lapsed_at is not None:
        close_circles(held.member, [each.pk for each in opened_by(held.tier_id)], at=at)


def next_renewal(held: MemberTier, received_on: date) -> tuple[date, int] | None:
    """Say to which day a payment of one period, received on a day, moves the renewal date, and its day of the month."""
    if held.renews_on is None or held.month_day is None:
        return None
    begins_anew = state_of(held.renews_on, held.lapses_on, received_on) is State.LAPSED
    month_day = received_on.day if begins_anew else held.month_day
    after = one_period_after(received_on if begins_anew else held.renews_on, held.tier.period, month_day)
    return (after, month_day) if after else None


def move_renewal(held: MemberTier, renews_on: date | None, *, month_day: int | None, at: datetime) -> None:
    """Set a renewal date and all that follows from it. A tier that is lapsed by it already lapses without a letter."""
    place_renewal(held, renews_on, month_day=month_day)
    is_lapsed = state_of(held.renews_on, held.lapses_on, day_of(at)) is State.LAPSED
    held.lapsed_at = (held.lapsed_at or at) if is_lapsed else None
    held.save()


def place_renewal(held: MemberTier, renews_on: date | None, *, month_day: int | None) -> None:
    """Write a renewal date into a row, and save nothing."""
    held.renews_on = renews_on
    held.month_day = None if renews_on is None else month_day
    held.lapses_on = None if renews_on is None else lapse_after(renews_on, held.tier.grace_days)


def open_where_due(held: MemberTier, day: date, at: datetime) -> tuple[Circle, ...]:
    """Open the circles of a tier that is worth something today; give those that are full."""
    return tuple(open_circles(held.member, circles_due(held, day), at=at))


def circles_due(held: MemberTier | None, day: date) -> list[Circle]:
    """List the circles that a member's tier opens on a day: none where it has lapsed, or they have none."""
    if held is None or held.lapsed_at is not None:
        return []
    is_lapsed = state_of(held.renews_on, held.lapses_on, day) is State.LAPSED
    return [] if is_lapsed else opened_by(held.tier_id)


def take_turn_for(person: Person, *, circle_ids: Collection[int] = ()) -> None:
    """Begin what may open the circles of somebody's tier, and hold some circles besides."""
    # What they hold is read once nobody else changes it.
    take_turns(TURN)
    theirs = MemberTier.objects.filter(member__person=person, ended_at=None)
    take_turn(list(theirs.values_list("tier_id", flat=True)), circle_ids=circle_ids)


def open_again(member: Member, *, at: datetime) -> None:
    """Open to somebody who is here again what their tier opens by now. The turn has been taken."""
    held = held_by(member)
    if held is not None:
        open_where_due(held, day_of(at), at)


def end(held: MemberTier, ending: str, *, at: datetime, keep: list[int] | None = None) -> None:
    """End a member's tier and close its circles, but for those to ``keep``. The turn has been taken."""
    held.ended_at, held.ending = at, ending
    held.save(update_fields=["ended_at", "ending"])
    gone = {each.pk for each in opened_by(held.tier_id)} - set(keep or ())
    close_circles(held.member, gone, at=at)
    note(TierEnded(member_id=held.member_id, tier_id=held.tier_id, at=at))


def held_by(member: Member) -> MemberTier | None:
    """Give the tier that a member has, lapsed or not."""
    found = MemberTier.objects.filter(member=member, ended_at=None)
    return found.select_related("tier", "member__person").first()


def find_member(pk: int) -> Member:
    """Find a member who has not left: money is recorded of those too who are away. Raises ``NotFound``."""
    member = Member.objects.belonging().select_related("person").filter(pk=pk).first()
    if member is None:
        raise NotFound
    return member
