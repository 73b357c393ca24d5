"""Anniversaries and firsts are noticed, by the community's own days, and shown for the day."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.membership.models import Member
from porch.community.memory.actions import choose_memory, notice
from porch.community.memory.days import EARLY, EVERY, days_remembered
from porch.community.memory.models import Noticed
from porch.community.memory.reads import MOST_SHOWN, remembered
from porch.community.roles.founding import admit_founder
from porch.kit.refusals import NotAllowed
from porch.kit.time import now
from porch.people.identity.models import Person
from tests.community.invites.hands import bakers
from tests.community.profiles.asking import member_of
from tests.village import NOON, Village, add_person, browser

SECOND = timedelta(seconds=1)
A_YEAR_ON = datetime(2027, 3, 2, tzinfo=UTC)


def joined(person: Person, at: datetime) -> Member:
    Member.objects.filter(person=person).update(joined_at=at)
    return member_of(person)


def shown(at: datetime) -> list[tuple[str, str, int]]:
    return [(each.member__person__name, each.occasion, each.years) for each in remembered(at)[0]]


def look(at: datetime) -> list[tuple[str, str, int]]:
    notice(at=at)
    return shown(at)


def test_an_anniversary_is_shown_for_its_day_to_the_second(village: Village) -> None:
    joined(village.ada, datetime(2020, 7, 7, tzinfo=UTC))
    notice(at=A_YEAR_ON - timedelta(hours=1))
    assert shown(A_YEAR_ON - SECOND) == []
    assert shown(A_YEAR_ON) == [("Ben", "years", 1)]
    assert shown(A_YEAR_ON + timedelta(days=1) - SECOND) == [("Ben", "years", 1)]
    assert shown(A_YEAR_ON + timedelta(days=1)) == []


def test_a_day_is_one_of_the_community_s_zone(village: Village, settings: Settings) -> None:
    settings.PORCH_TIME_ZONE = "Pacific/Auckland"
    joined(village.ada, datetime(2020, 7, 7, tzinfo=UTC))
    joined(village.ben, datetime(2025, 3, 2, 11, 30, tzinfo=UTC))  # half past midnight on the third, there
    start = datetime(2026, 3, 3, tzinfo=ZoneInfo("Pacific/Auckland")).astimezone(UTC)
    notice(at=start - timedelta(hours=2))
    assert shown(start - SECOND) == []
    assert shown(start) == [("Ben", "years", 1)]


def test_whoever_joined_at_a_bound_of_a_day_belongs_to_one_day(village: Village) -> None:
    joined(village.ada, datetime(2025, 3, 2, tzinfo=UTC))
    joined(village.ben, datetime(2025, 3, 2, tzinfo=UTC) - SECOND)
    assert look(NOON) == [("Owner", "years", 1)]
    assert look(NOON - timedelta(days=1)) == [("Ben", "years", 1)]


@pytest.mark.parametrize(
    ("today", "years"),
    [(date(2025, 2, 28), [1]), (date(2025, 3, 1), []), (date(2028, 2, 28), []), (date(2029, 2, 28), [5])],
)
def test_the_29th_of_february_is_remembered_on_the_28th_where_there_is_none(
    today: date, years: list[int]
) -> None:
    assert [n for n, then in days_remembered(today) if then == date(2024, 2, 29)] == years


@given(today=st.dates(date(1990, 1, 1), date(2100, 1, 1)), then=st.dates(date(1985, 1, 1), date(2099, 1, 1)))
def test_each_round_year_has_one_day(today: date, then: date) -> None:
    """Walk the year of an anniversary: exactly one of its days remembers that day."""
    years = today.year - then.year
    is_round = years > 0 and (years in EARLY or years % EVERY == 0)
    days = [date(today.year, 2, 27) + timedelta(days=n) for n in range(4)] + [today]
    if then.month not in (2, 3) and (then.month, then.day) != (2, 29):
        days += [then.replace(year=today.year)]
    elif (then.month, then.day) != (2, 29):
        days += [date(today.year, then.month, then.day)]
    hits = {day for day in days for n, each in days_remembered(day) if each == then and n == years}
    assert len(hits) == (1 if is_round else 0)


def test_only_round_years_are_noticed(village: Village) -> None:
    joined(village.ada, NOON.replace(year=2022))
    joined(village.ben, NOON.replace(year=2021))
    assert look(NOON) == [("Ben", "years", 5)]


def test_to_notice_twice_notices_once_and_what_is_over_goes(village: Village) -> None:
    joined(village.ada, datetime(2020, 7, 7, tzinfo=UTC))
    assert notice(at=A_YEAR_ON) == 1
    assert notice(at=A_YEAR_ON + timedelta(hours=1)) == 0
    assert notice(at=A_YEAR_ON + timedelta(days=2), hold=True) == 0
    assert Noticed.objects.count() == 1, "nothing goes while the clock is in doubt"
    notice(at=A_YEAR_ON + timedelta(days=2))
    assert not Noticed.objects.exists()


def circle(name: str, **more: object) -> Circle:
    return Circle.objects.create(slug=name, name=name, made_at=NOON, **more)


def test_a_first_circle_is_noticed_and_a_second_is_not(village: Village) -> None:
    ben = joined(village.ben, NOON)
    CircleMember.objects.create(circle=circle("garden"), member=ben, joined_at=NOON)
    CircleMember.objects.create(circle=circle("choir"), member=ben, joined_at=NOON)
    assert look(NOON) == [("Ben", "first-circle", 0)]
    tomorrow = NOON + timedelta(days=1)
    CircleMember.objects.create(circle=circle("chess"), member=ben, joined_at=tomorrow)
    assert look(tomorrow) == []


def test_a_hidden_circle_is_nobody_s_to_know_of(village: Village) -> None:
    hidden = circle("quiet", is_hidden=True)
    CircleMember.objects.create(circle=hidden, member=member_of(village.ben), joined_at=NOON)
    assert look(NOON) == []


def test_whoever_does_not_want_it_is_left_out_at_once(village: Village) -> None:
    joined(village.ben, now() - timedelta(days=1))
    joined(village.ada, datetime(2020, 7, 7, tzinfo=UTC))
    Noticed.objects.create(member=member_of(village.ben), on=now().date(), occasion="years", years=2)
    assert "has been here for 2 years" in browser(village.ada).get("/inside/").content.decode()
    browser(village.ben).post("/account/profile/", {})
    assert shown(now()) == []
    browser(village.ben).post("/account/profile/", {"remembered": "yes"})
    assert len(shown(now())) == 1
    with pytest.raises(NotAllowed):
        choose_memory(is_wanted=False, by=village.dov, at=NOON)


def test_who_has_left_is_remembered_no_more(village: Village) -> None:
    joined(village.ada, datetime(2020, 7, 7, tzinfo=UTC))
    notice(at=A_YEAR_ON)
    Member.objects.filter(person=village.ben).update(left_at=NOON)
    assert shown(A_YEAR_ON) == []


def test_of_many_so_many_are_shown(village: Village) -> None:
    for n in range(MOST_SHOWN):
        admit_founder(person=add_person(f"m{n}"), at=NOON)
    notice(at=A_YEAR_ON)
    rows, has_more = remembered(A_YEAR_ON)
    assert (len(rows), has_more) == (MOST_SHOWN, True)


def test_a_second_circle_is_no_first_one_even_if_the_first_was_left(village: Village) -> None:
    first, second = bakers(), Circle.objects.create(slug="smiths", name="Smiths", made_at=NOON)
    let_in(person=village.ben, circle=first, way=Way.PLACED, at=NOON - timedelta(days=9))
    CircleMember.objects.all().delete()
    let_in(person=village.ben, circle=second, way=Way.PLACED, at=NOON)
    let_in(person=village.ada, circle=second, way=Way.PLACED, at=NOON)
    notice(at=NOON)
    assert [each.member__person__name for each in remembered(NOON)[0]] == [village.ada.name]
