"""Quiet hours and paces by somebody's clocks: to the second, and where clocks are set."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.notices.choosing.hours import due, is_quiet, next_morning, quiet_until
from porch.notices.choosing.models import Choice, Pace

SECOND = timedelta(seconds=1)
WAITS = timedelta(minutes=2)
ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"]
instants = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))
minutes = st.integers(0, 24 * 60 - 1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def quiet(start: int, end: int, zone: str = "Europe/Berlin") -> Choice:
    return Choice(zone=zone, quiet_from=start, quiet_to=end)


NIGHT = quiet(22 * 60, 7 * 60)


@pytest.mark.parametrize(("moment", "is_so"), [
    ("2026-01-10T20:59:59+00:00", False), ("2026-01-10T21:00:00+00:00", True),
    ("2026-01-11T05:59:59+00:00", True), ("2026-01-11T06:00:00+00:00", False),
    # In summer by the clocks of summer.
    ("2026-07-10T19:59:59+00:00", False), ("2026-07-10T20:00:00+00:00", True),
    ("2026-07-11T04:59:59+00:00", True), ("2026-07-11T05:00:00+00:00", False),
])  # fmt: skip
def test_quiet_hours_begin_and_end_to_the_second(moment: str, is_so: bool) -> None:
    assert is_quiet(NIGHT, at(moment)) is is_so


@pytest.mark.parametrize(("choice", "moment", "end"), [
    # The night in which clocks go from two to three, and that in which they go back.
    (NIGHT, "2026-03-28T22:00:00+00:00", "2026-03-29T05:00:00+00:00"),
    (NIGHT, "2026-10-24T22:00:00+00:00", "2026-10-25T06:00:00+00:00"),
    # An end that the clocks skip: it is over when they go on.
    (quiet(60, 150), "2026-03-29T00:30:00+00:00", "2026-03-29T01:00:00+00:00"),
    # An end that comes twice: the first time nobody is asleep any more, the second time again.
    (quiet(60, 150), "2026-10-25T00:00:00+00:00", "2026-10-25T00:30:00+00:00"),
    (quiet(60, 150), "2026-10-25T01:00:00+00:00", "2026-10-25T01:30:00+00:00"),
    (NIGHT, "2026-01-10T12:00:00+00:00", "2026-01-10T12:00:00+00:00"),
])  # fmt: skip
def test_it_is_known_when_quiet_hours_end(choice: Choice, moment: str, end: str) -> None:
    assert quiet_until(choice, at(moment)) == at(end)


@given(moment=instants, start=minutes, end=minutes, zone=st.sampled_from(ZONES))
def test_quiet_hours_end_at_the_first_moment_that_is_not_quiet(
    moment: datetime, start: int, end: int, zone: str
) -> None:
    if start == end:
        return
    choice = quiet(start, end, zone)
    until = quiet_until(choice, moment)
    assert not is_quiet(choice, until)
    assert until == moment or is_quiet(choice, until - SECOND)


@given(moment=instants, zone=st.sampled_from(ZONES), on_monday=st.booleans())
def test_the_next_morning_is_after_now_and_within_a_day_or_a_week(
    moment: datetime, zone: str, on_monday: bool
) -> None:
    there = ZoneInfo(zone)
    morning = next_morning(moment, there, on_monday=on_monday)
    assert moment < morning <= moment + timedelta(days=7 if on_monday else 1, hours=25)
    assert morning.astimezone(there).strftime("%H:%M") == "08:00"
    assert not on_monday or morning.astimezone(there).weekday() == 0


def test_each_pace_is_due_when_it_says() -> None:
    moment, zone = at("2026-03-02T12:34:56+00:00"), ZoneInfo("UTC")
    assert due(Pace.AT_ONCE, moment, WAITS, zone) == at("2026-03-02T12:36:56+00:00")
    assert due(Pace.HOURLY, moment, WAITS, zone) == at("2026-03-02T13:00:00+00:00")
    assert due(Pace.DAILY, moment, WAITS, zone) == at("2026-03-03T08:00:00+00:00")
    assert due(Pace.WEEKLY, moment, WAITS, zone) == at("2026-03-09T08:00:00+00:00")
    assert due(Pace.NEVER, moment, WAITS, zone) is None
