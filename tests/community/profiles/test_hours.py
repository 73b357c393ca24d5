"""Hours overlap where both can be reached at one instant, whatever their zones, clocks and midnights."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.community.profiles.hours import (
    DAY,
    Hours,
    HoursAreIncomplete,
    Window,
    hours_of_form,
    next_turn,
    offset_at,
    read_hours,
    slot_at,
    slots,
    zones,
)
from porch.community.profiles.indexing import turn_hours
from porch.community.profiles.models import ProfileAnswer, ProfileTerm
from tests.community.profiles.asking import EVENINGS, ask, tell
from tests.village import NOON, Village

SECOND = timedelta(seconds=1)
HALVES = st.integers(0, 47).map(lambda n: n * 30)
ON_THE_HALF = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Pacific/Kiritimati",
    "Pacific/Honolulu",
]
WINDOWS = st.builds(Window, st.integers(0, 6), HALVES, HALVES).filter(lambda w: w.start != w.end)
HOURS = st.builds(Hours, st.sampled_from(ON_THE_HALF), st.lists(WINDOWS, min_size=1, max_size=5).map(tuple))
INSTANTS = st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC))


def is_reachable(hours: Hours, at: datetime) -> bool:
    """Say it the slow way: by the wall clock of the zone."""
    local = at.astimezone(ZoneInfo(hours.zone))
    minute = local.hour * 60 + local.minute
    for window in hours.windows:
        for days_ago in (0, 1):
            start = window.start - days_ago * DAY
            is_day = (local.weekday() - days_ago) % 7 == window.day
            if is_day and start <= minute < start + window.minutes:
                return True
    return False


@given(hours=HOURS, at=INSTANTS)
def test_a_slot_is_there_exactly_when_somebody_can_be_reached(hours: Hours, at: datetime) -> None:
    assert (slot_at(at) in slots(hours, at)) == is_reachable(hours, at)


@given(one=HOURS, other=HOURS, at=INSTANTS)
def test_hours_overlap_both_ways_or_not_at_all(one: Hours, other: Hours, at: datetime) -> None:
    monday = at - timedelta(days=at.weekday(), hours=at.hour, minutes=at.minute)
    both = slots(one, at) & slots(other, at)
    for slot in both:
        moment = monday + timedelta(minutes=30 * slot)
        if offset_at(one.zone, moment) == offset_at(one.zone, at) and offset_at(
            other.zone, moment
        ) == offset_at(other.zone, at):
            assert is_reachable(one, moment)
            assert is_reachable(other, moment)


@given(hours=HOURS)
def test_hours_are_read_as_they_were_written(hours: Hours) -> None:
    assert read_hours(str(hours)) == hours


@given(at=INSTANTS, window=WINDOWS)
def test_where_a_zone_lies_a_quarter_off_no_half_hour_is_missed(at: datetime, window: Window) -> None:
    hours = Hours("Asia/Kathmandu", (window,))
    if is_reachable(hours, at):
        assert slot_at(at) in slots(hours, at)


def test_a_window_may_go_past_midnight_and_past_sunday() -> None:
    late = Hours("UTC", (Window(6, 23 * 60, 60),))
    assert slots(late, NOON) == {334, 335, 0, 1}


@pytest.mark.parametrize(
    "zone", ["Europe/Berlin", "America/New_York", "Africa/Casablanca", "Australia/Lord_Howe"]
)
def test_the_next_turn_is_found_to_the_second(zone: str) -> None:
    turn = next_turn(zone, NOON)
    assert turn is not None
    assert offset_at(zone, turn - SECOND) == offset_at(zone, NOON) != offset_at(zone, turn)


def test_some_clocks_never_turn() -> None:
    assert next_turn("UTC", NOON) is None
    assert next_turn("Asia/Kolkata", NOON) is None


def test_every_zone_that_can_be_chosen_works() -> None:
    assert len(zones()) > 300
    assert all(offset_at(each, NOON) % 15 == 0 for each in zones())


def test_half_a_window_is_refused_and_none_is_none() -> None:
    assert hours_of_form({"zone": "UTC"}) is None
    with pytest.raises(HoursAreIncomplete):
        hours_of_form({"zone": "UTC", "mon-from": "18:00"})


def found_at() -> set[str]:
    return set(ProfileTerm.objects.values_list("term", flat=True))


def test_when_clocks_turn_the_search_does_too_to_the_second(village: Village) -> None:
    tell(village.ben, ask(village, "hours", "Hours"), EVENINGS)
    winter = {"34", "35", "36", "37"}
    assert found_at() == winter
    turn = ProfileAnswer.objects.get().turns_at
    assert turn == datetime(2026, 3, 29, 1, 0, tzinfo=UTC)
    assert turn_hours(at=turn - SECOND) == 0
    assert found_at() == winter
    assert turn_hours(at=turn) == 1
    assert found_at() == {"32", "33", "34", "35"}
    assert turn_hours(at=turn) == 0, "it is done"
