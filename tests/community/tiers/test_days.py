"""Periods end on the same day of the month, or on its last; a tier is worth what its dates say, to the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from porch.community.tiers.days import (
    DateIsFarOff,
    NotADate,
    State,
    lapse_after,
    month_day_behind,
    one_period_after,
    read_day,
    state_of,
)
from porch.community.tiers.models import Period
from porch.kit.days import day_of

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("day", "period", "month_day", "then"),
    [
        (date(2027, 1, 31), "month", 31, date(2027, 2, 28)),
        (date(2028, 1, 31), "month", 31, date(2028, 2, 29)),
        (date(2027, 2, 28), "month", 31, date(2027, 3, 31)),
        (date(2027, 4, 30), "month", 31, date(2027, 5, 31)),
        (date(2027, 2, 28), "month", 28, date(2027, 3, 28)),
        (date(2027, 11, 30), "quarter", 30, date(2028, 2, 29)),
        (date(2028, 2, 29), "year", 29, date(2029, 2, 28)),
        (date(2031, 2, 28), "year", 29, date(2032, 2, 29)),
        (date(2027, 12, 15), "month", 15, date(2028, 1, 15)),
    ],
)
def test_a_period_ends_on_its_day_or_on_the_last(day: date, period: str, month_day: int, then: date) -> None:
    assert one_period_after(day, period, month_day) == then


def test_what_is_paid_once_never_renews() -> None:
    assert one_period_after(date(2027, 1, 31), "once", 31) is None


@given(DAYS, st.integers(1, 60))
def test_the_day_of_the_month_is_never_lost(start: date, months: int) -> None:
    day = start
    for _ in range(months):
        after = one_period_after(day, "month", start.day)
        assert after is not None
        assert timedelta(28) <= after - day <= timedelta(31)
        assert after.day == start.day or (after + timedelta(1)).month != after.month
        day = after
    assert (day.year * 12 + day.month) - (start.year * 12 + start.month) == months
    if months % 12 == 0 and (start.month, start.day) != (2, 29):
        assert (day.month, day.day) == (start.month, start.day)


@given(DAYS, st.sampled_from([Period.QUARTER, Period.YEAR]))
def test_a_longer_period_is_so_many_months(start: date, period: str) -> None:
    day = start
    for _ in range(3 if period == Period.QUARTER else 12):
        day = one_period_after(day, "month", start.day) or day
    assert one_period_after(start, period, start.day) == day


@given(DAYS, st.integers(0, 366), st.integers(-400, 400))
def test_each_day_has_one_state(renews_on: date, grace: int, off: int) -> None:
    day = renews_on + timedelta(off)
    state = state_of(renews_on, lapse_after(renews_on, grace), day)
    wanted = State.ACTIVE if off < 0 else State.GRACE if off < grace else State.LAPSED
    assert state == wanted


def test_a_date_put_back_goes_on_as_before() -> None:
    assert month_day_behind(31, date(2027, 2, 28)) == 31
    assert month_day_behind(15, date(2027, 2, 28)) == 28
    assert month_day_behind(None, date(2027, 2, 28)) == 28


def test_the_day_is_that_of_the_community(settings: Settings) -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=UTC)
    assert day_of(late) == date(2026, 3, 2)
    settings.PORCH_TIME_ZONE = "Europe/Vienna"
    assert day_of(late) == date(2026, 3, 3)


def test_a_date_is_read_in_one_way_only() -> None:
    around = date(2026, 3, 2)
    assert read_day(" 2027-01-31 ", around=around) == date(2027, 1, 31)
    for text in (
        "",
        "31.01.2027",
        "1/31/2027",
        "20270131",
        "2027-W05-1",
        "2027-02-30",
        "2027-1-31",
        "\uff12\uff10\uff12\uff17-01-31",
    ):
        with pytest.raises(NotADate):
            read_day(text, around=around)
    for text in ("1969-12-31", "2127-01-01", "0001-01-01"):
        with pytest.raises(DateIsFarOff):
            read_day(text, around=around)
