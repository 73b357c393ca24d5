from datetime import timedelta

from django.db import transaction

from porch.community.membership.facts import MemberJoined
from porch.community.roles.founding import admit_founder
from porch.engine.facts.noting import note
from porch.insight.joins.joins import joins_this_week
from tests.village import NOON, Village

DAY = timedelta(days=1)


@transaction.atomic
def joined(*days_ago: float) -> None:
    for n, days in enumerate(days_ago):
        note(MemberJoined(member_id=n, person_id=n, at=NOON - days * DAY))


def test_an_empty_community_has_no_joins(db: None) -> None:
    figure = joins_this_week(at=NOON)
    assert (figure.value, figure.n, figure.state) == (0, 0, "measured")


def test_a_week_is_seven_days_to_the_microsecond(db: None) -> None:
    joined(0, 3, 7, 7 + 1e-9)
    assert joins_this_week(at=NOON).value == 3


def test_joins_of_the_future_are_left_out_and_said_so(db: None) -> None:
    joined(1, -1)
    figure = joins_this_week(at=NOON)
    assert (figure.value, figure.left_out) == (1, 1)


def test_one_is_a_member_and_two_are_members(village: Village) -> None:
    assert str(joins_this_week(at=NOON).unit) == "members"
    assert str(joins_this_week(at=NOON + timedelta(days=9)).unit) == "members"
    admit_founder(person=village.dov, at=NOON + timedelta(days=9))
    assert str(joins_this_week(at=NOON + timedelta(days=9)).unit) == "member"
