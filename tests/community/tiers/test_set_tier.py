"""A tier is set by hand: one at a time, with its date, its circles open, and the one before stays as history."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from porch.community.circles.models import Circle
from porch.community.joining.actions import let_in
from porch.community.joining.models import Arrival, Way
from porch.community.roles.rules import NeedsRight
from porch.community.tiers.actions import make_tier, retire_tier
from porch.community.tiers.holding import HasNoTier, OnceNeverRenews, TierIsRetired, end_tier, set_tier
from porch.community.tiers.models import MemberTier
from porch.engine.audit.models import AuditEntry
from porch.engine.facts.models import CommunityFactRow
from porch.kit.refusals import NotFound
from tests.community.tiers.gold import DUE, GRACE, TODAY, Gilded, circle, terms
from tests.village import NOON, add_person


def test_a_tier_has_its_date_and_opens_its_circles(gilded: Gilded) -> None:
    given = set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=gilded.sol, at=NOON)
    held = gilded.held()
    assert given.is_changed
    assert (held.since, held.renews_on, held.lapses_on) == (TODAY, DUE, DUE + timedelta(GRACE))
    assert gilded.is_in()
    assert Arrival.objects.get(circle=gilded.archive).way == Way.TIER
    entry = AuditEntry.objects.get(act="tier-set")
    assert (entry.by_id, entry.about_id) == (gilded.sol.pk, gilded.ben.person_id)
    assert CommunityFactRow.objects.filter(kind="TierSet").count() == 1


def test_without_a_date_it_renews_one_period_from_today(gilded: Gilded) -> None:
    set_tier(member=gilded.ben, tier=gilded.gold, by=gilded.sol, at=NOON)
    assert gilded.held().renews_on == date(2026, 4, 2)


def test_setting_the_same_again_changes_nothing(gilded: Gilded) -> None:
    for _ in range(2):
        given = set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=gilded.sol, at=NOON)
    assert not given.is_changed
    assert AuditEntry.objects.filter(act="tier-set").count() == 1


def test_another_tier_takes_its_place_and_the_one_before_stays(gilded: Gilded) -> None:
    studio = circle("Studio")
    silver = make_tier(terms=terms(name="Silver", circles=[studio.pk]), by=gilded.sol, at=NOON)
    set_tier(member=gilded.ben, tier=gilded.gold, by=gilded.sol, at=NOON)
    set_tier(member=gilded.ben, tier=silver, by=gilded.sol, at=NOON)
    past = MemberTier.objects.get(tier=gilded.gold)
    assert (past.ending, past.ended_at, gilded.held().tier) == ("changed", NOON, silver)
    assert (gilded.is_in(), gilded.is_in(studio)) == (False, True)


def test_a_circle_that_both_open_stays_open(gilded: Gilded) -> None:
    silver = make_tier(terms=terms(name="Silver", circles=[gilded.archive.pk]), by=gilded.sol, at=NOON)
    set_tier(member=gilded.ben, tier=gilded.gold, by=gilded.sol, at=NOON)
    set_tier(member=gilded.ben, tier=silver, by=gilded.sol, at=NOON)
    assert gilded.is_in()
    assert Arrival.objects.filter(circle=gilded.archive).count() == 1


def test_a_full_circle_stays_closed_and_says_so(gilded: Gilded) -> None:
    let_in(person=gilded.village.ada, circle=gilded.archive, way=Way.INVITE, at=NOON)
    Circle.objects.filter(pk=gilded.archive.pk).update(ceiling=1)
    given = set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=gilded.sol, at=NOON)
    assert (given.full, gilded.is_in()) == ((gilded.archive,), False)
    Circle.objects.filter(pk=gilded.archive.pk).update(ceiling=2)
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=gilded.sol, at=NOON)
    assert gilded.is_in(), "setting it again tries again"


def test_who_is_in_a_circle_anyway_stays_in_it(gilded: Gilded) -> None:
    let_in(person=gilded.village.ben, circle=gilded.archive, way=Way.INVITE, at=NOON)
    set_tier(member=gilded.ben, tier=gilded.gold, by=gilded.sol, at=NOON)
    end_tier(member=gilded.ben, now_already=True, by=gilded.sol, at=NOON)
    assert gilded.is_in()


def test_what_is_paid_once_has_no_date(gilded: Gilded) -> None:
    for_life = make_tier(terms=terms(name="For life", period="once"), by=gilded.sol, at=NOON)
    with pytest.raises(OnceNeverRenews):
        set_tier(member=gilded.ben, tier=for_life, renews_on=DUE, by=gilded.sol, at=NOON)
    set_tier(member=gilded.ben, tier=for_life, by=gilded.sol, at=NOON)
    assert gilded.held().renews_on is None


def test_a_retired_tier_is_kept_and_given_to_nobody_else(gilded: Gilded) -> None:
    set_tier(member=gilded.ben, tier=gilded.gold, by=gilded.sol, at=NOON)
    retire_tier(tier=gilded.gold, is_retired=True, by=gilded.sol, at=NOON)
    gilded.gold.refresh_from_db()
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=gilded.sol, at=NOON)
    assert gilded.held().renews_on == DUE
    end_tier(member=gilded.ben, now_already=True, by=gilded.sol, at=NOON)
    with pytest.raises(TierIsRetired):
        set_tier(member=gilded.ben, tier=gilded.gold, by=gilded.sol, at=NOON)


def test_who_has_left_gets_none(gilded: Gilded) -> None:
    gilded.ben.left_at = NOON
    gilded.ben.save()
    with pytest.raises(NotFound):
        set_tier(member=gilded.ben, tier=gilded.gold, by=gilded.sol, at=NOON)


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_only_who_has_the_right_sets_and_ends(gilded: Gilded, who: str) -> None:
    by = gilded.village.cast()[who] or add_person("eve")
    with pytest.raises(NeedsRight):
        set_tier(member=gilded.ben, tier=gilded.gold, by=by, at=NOON)
    with pytest.raises(NeedsRight):
        end_tier(member=gilded.ben, now_already=True, by=by, at=NOON)
    assert not MemberTier.objects.exists()


def test_the_owner_sets_one_too(gilded: Gilded) -> None:
    set_tier(member=gilded.ben, tier=gilded.gold, by=gilded.village.ada, at=NOON)
    assert gilded.held().set_by_id is not None


def test_it_ends_at_once_or_on_its_date(gilded: Gilded) -> None:
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=gilded.sol, at=NOON)
    end_tier(member=gilded.ben, now_already=False, by=gilded.sol, at=NOON)
    assert (gilded.held().is_ending, gilded.is_in()) == (True, True)
    end_tier(member=gilded.ben, now_already=True, by=gilded.sol, at=NOON)
    assert not gilded.is_in()
    assert MemberTier.objects.get().ending == "ended"
    with pytest.raises(HasNoTier):
        end_tier(member=gilded.ben, now_already=True, by=gilded.sol, at=NOON)


def test_the_database_keeps_one_tier_at_a_time(gilded: Gilded) -> None:
    set_tier(member=gilded.ben, tier=gilded.gold, by=gilded.sol, at=NOON)
    held = gilded.held()
    held.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        held.save(force_insert=True)
