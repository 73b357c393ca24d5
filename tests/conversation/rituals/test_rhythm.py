"""When a ritual is due: by the clocks of the house, on both nights on which they change too."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.conversation.rituals.rhythm import DAYS, MINUTES, NTHS, WEEKDAYS, Every, Rhythm
from porch.kit.clocks import NoSuchTime, read_local

BEGINS = datetime(2026, 1, 1, 12, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def rhythm(every: str, minute: int = 540, **what: int) -> Rhythm:
    return Rhythm(every=every, minute=minute, begins=BEGINS, **what)


@pytest.mark.parametrize(
    ("minute", "times"),
    [
        # On 29 March 2026 clocks of Berlin go from 2 to 3, on 25 October from 3 back to 2.
        (9 * 60, ["2026-03-22 08:00", "2026-03-29 07:00", "2026-04-05 07:00"]),
        (2 * 60 + 30, ["2026-03-22 01:30", "2026-03-29 01:30", "2026-04-05 00:30"]),
        (9 * 60, ["2026-10-18 07:00", "2026-10-25 08:00", "2026-11-01 08:00"]),
        (2 * 60 + 30, ["2026-10-18 00:30", "2026-10-25 00:30", "2026-11-01 01:30"]),
    ],
)
def test_sundays_in_berlin_are_due_once_when_clocks_change(
    settings: object, minute: int, times: list[str]
) -> None:
    settings.PORCH_TIME_ZONE = "Europe/Berlin"  # type: ignore[attr-defined]
    sunday, due = rhythm(Every.WEEK, minute, weekday=6), utc(times[0])
    assert sunday.after(due - (due - utc("2026-01-01 00:00")) / 10_000) == due
    for expected in times[1:]:
        due = sunday.after(due)
        assert due == utc(expected)


def test_every_second_week_leaves_one_out() -> None:
    found = rhythm(Every.TWO_WEEKS, weekday=3)
    first = found.after(BEGINS)
    assert (first, found.after(first)) == (utc("2026-01-15 09:00"), utc("2026-01-29 09:00"))


def test_a_day_of_the_week_in_a_month_and_a_date() -> None:
    assert rhythm(Every.MONTH_WEEKDAY, weekday=4, nth=-1).after(BEGINS) == utc("2026-01-30 09:00")
    assert rhythm(Every.MONTH_WEEKDAY, weekday=4, nth=2).after(BEGINS) == utc("2026-01-09 09:00")
    assert rhythm(Every.MONTH_DAY, day=28).after(utc("2026-01-28 09:00")) == utc("2026-02-28 09:00")


@given(
    st.sampled_from(Every.values),
    st.sampled_from(MINUTES),
    st.sampled_from(WEEKDAYS),
    st.sampled_from(NTHS),
    st.sampled_from(DAYS),
    st.datetimes(datetime(2026, 1, 2), datetime(2031, 1, 1), timezones=st.just(UTC)),
)
def test_the_next_time_is_later_and_none_lies_between(
    every: str, minute: int, weekday: int, nth: int, day: int, at: datetime
) -> None:
    found = rhythm(every, minute, weekday=weekday, nth=nth, day=day)
    due = found.after(at)
    assert at < due
    assert found.after(at + (due - at) / 2) == due


@pytest.mark.parametrize("text", ["", "tomorrow", "2026-13-01T10:00", "9999-99-99T99:99", "x" * 500])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(NoSuchTime):
        read_local(text, "Europe/Berlin")
    for zone in ("Nowhere/Else", "", "../../etc/passwd", "a" * 300):
        with pytest.raises(NoSuchTime):
            read_local("2026-03-02T12:00", zone)


def test_a_time_is_read_by_the_clocks_of_a_zone() -> None:
    assert read_local("2026-03-02T12:00", "Europe/Berlin") == utc("2026-03-02 11:00")
    assert read_local("2026-07-02T12:00", "Europe/Berlin") == utc("2026-07-02 10:00")
