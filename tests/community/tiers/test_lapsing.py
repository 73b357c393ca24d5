"""A tier lapses gracefully: letters once, circles closed to the day, nothing deleted, open when renewed."""

from datetime import timedelta

import pytest
from pytest_django.fixtures import Settings

from porch.community.circles.models import CircleMember
from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.membership.models import Member
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.community.roles.rights import MANAGE_CIRCLES
from porch.community.roles.rules import may
from porch.community.tiers.days import State, state_of
from porch.community.tiers.holding import end_tier, set_tier
from porch.community.tiers.lapsing import attend_renewals
from porch.community.tiers.models import MemberTier
from porch.engine.facts.models import CommunityFactRow
from porch.engine.models import Delivery
from tests.community.tiers.gold import DUE, GRACE, Gilded, midnight_of, noon_of
from tests.village import NOON

SECOND = timedelta(seconds=1)
LAPSE = DUE + timedelta(GRACE)


@pytest.fixture
def held(gilded: Gilded) -> Gilded:
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=gilded.sol, at=NOON)
    return gilded


def letters() -> list[str]:
    return [each.kind.rpartition("/")[2] for each in Delivery.objects.order_by("pk")]


def test_the_letter_before_goes_seven_days_before_and_not_a_second_earlier(held: Gilded) -> None:
    attend_renewals(at=midnight_of(DUE - timedelta(7)) - SECOND)
    assert letters() == []
    attend_renewals(at=midnight_of(DUE - timedelta(7)))
    assert letters() == ["before"]
    (letter,) = Delivery.objects.all()
    assert (letter.to_address, letter.ground) == ("ben@example.org", "renewal of a tier")


def test_grace_begins_on_the_renewal_date(held: Gilded) -> None:
    attend_renewals(at=midnight_of(DUE) - SECOND)
    assert letters() == ["before"]
    attend_renewals(at=midnight_of(DUE))
    assert letters() == ["before", "grace"]
    assert held.is_in()


def test_it_lapses_when_grace_is_over_and_not_a_second_earlier(held: Gilded) -> None:
    attend_renewals(at=midnight_of(LAPSE) - SECOND)
    assert (held.is_in(), held.held().lapsed_at) == (True, None)
    attend_renewals(at=midnight_of(LAPSE))
    assert (held.is_in(), held.held().lapsed_at) == (False, midnight_of(LAPSE))
    assert letters() == ["grace", "lapse"]
    assert Member.objects.present().filter(pk=held.ben.pk).exists(), "they are still a member"
    assert CommunityFactRow.objects.filter(kind__in=["TierLapsed", "TierCircleClosed"]).count() == 2


def test_each_letter_is_said_once_however_often_it_runs(held: Gilded) -> None:
    for day in (DUE - timedelta(7), DUE - timedelta(6), DUE, DUE + timedelta(1), LAPSE, LAPSE + timedelta(3)):
        for _ in range(2):
            attend_renewals(at=noon_of(day))
    assert letters() == ["before", "grace", "lapse"]


def test_after_a_week_without_a_run_they_hear_how_it_stands_now(held: Gilded) -> None:
    attend_renewals(at=noon_of(DUE - timedelta(8)))
    attend_renewals(at=noon_of(DUE + timedelta(2)))
    attend_renewals(at=noon_of(DUE + timedelta(2)))
    assert letters() == ["grace"]
    attend_renewals(at=noon_of(LAPSE + timedelta(30)))
    assert letters() == ["grace", "lapse"]


def test_the_next_renewal_has_letters_of_its_own(held: Gilded) -> None:
    attend_renewals(at=noon_of(DUE))
    later = DUE + timedelta(31)
    set_tier(member=held.ben, tier=held.gold, renews_on=later, by=held.sol, at=noon_of(DUE))
    attend_renewals(at=noon_of(later))
    assert letters() == ["grace", "grace"]


def test_only_circles_of_the_tier_close(held: Gilded) -> None:
    let_in(person=held.village.ada, circle=held.archive, way=Way.INVITE, at=NOON)
    ada = Member.objects.get(person=held.village.ada)
    set_tier(member=ada, tier=held.gold, renews_on=DUE, by=held.sol, at=NOON)
    attend_renewals(at=midnight_of(LAPSE))
    assert set(CircleMember.objects.values_list("member", flat=True)) == {ada.pk}


def test_with_a_circle_its_roles_are_laid_down(held: Gilded) -> None:
    role = Role.objects.create(circle=held.archive, name="Keeper", made_at=NOON)
    RoleRight.objects.create(role=role, right=MANAGE_CIRCLES.name)
    RoleHolder.objects.create(role=role, member=held.ben, given_at=NOON)
    assert may(held.ben.person_id, MANAGE_CIRCLES, held.archive.pk)
    attend_renewals(at=midnight_of(LAPSE))
    assert not RoleHolder.objects.filter(role=role).exists()
    assert not may(held.ben.person_id, MANAGE_CIRCLES, held.archive.pk)


def test_set_again_it_opens_again(held: Gilded) -> None:
    attend_renewals(at=midnight_of(LAPSE))
    set_tier(member=held.ben, tier=held.gold, by=held.sol, at=noon_of(LAPSE))
    assert (held.is_in(), held.held().lapsed_at) == (True, None)
    assert MemberTier.objects.count() == 1, "it is the same tier, which went on"


def test_what_was_long_over_when_it_was_set_lapses_without_a_letter(gilded: Gilded) -> None:
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE - timedelta(400), by=gilded.sol, at=NOON)
    attend_renewals(at=NOON)
    held = gilded.held()
    assert letters() == []
    assert not gilded.is_in()
    assert state_of(held.renews_on, held.lapses_on, DUE) is State.LAPSED


def test_a_tier_that_is_to_end_ends_on_its_date_without_grace(held: Gilded) -> None:
    end_tier(member=held.ben, now_already=False, by=held.sol, at=NOON)
    attend_renewals(at=midnight_of(DUE) - SECOND)
    assert held.is_in()
    attend_renewals(at=midnight_of(DUE))
    assert not held.is_in()
    assert MemberTier.objects.get().ending == "ran-out"
    assert letters() == []


def test_who_has_left_hears_nothing(held: Gilded) -> None:
    Member.objects.filter(pk=held.ben.pk).update(left_at=NOON)
    attend_renewals(at=noon_of(LAPSE))
    assert letters() == []


def test_the_day_turns_where_the_community_is(held: Gilded, settings: Settings) -> None:
    settings.PORCH_TIME_ZONE = "Pacific/Auckland"
    attend_renewals(at=midnight_of(DUE) - timedelta(hours=13) - SECOND)
    assert letters() == ["before"]
    attend_renewals(at=midnight_of(DUE) - timedelta(hours=13))
    assert letters() == ["before", "grace"]
