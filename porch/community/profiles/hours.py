"""Hours at which somebody can be reached: a time zone, and for each day of the week from when to when.

For the search a week in UTC is 336 slots of half an hour. Where clocks change, the slots of a zone do too.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import BadInput

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY_NAMES = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
DAY, SLOT = 24 * 60, 30
SLOTS = 7 * DAY // SLOT
TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")
LOOKS_AHEAD = 400


class ZoneIsUnknown(BadInput):
    text = _("There is no time zone of this name.")
    hint = _("Choose one from the list, such as Europe/Lisbon.")


class HoursAreIncomplete(BadInput):
    text = _("Hours have a beginning and an end that differ: %(day)s lacks that.")
    hint = _("Write both as hours and minutes, such as 18:00, or leave both empty.")


@dataclass(frozen=True, slots=True)
class Window:
    """From when to when on a day, in minutes after midnight; an end before the beginning is on the next day."""

    day: int
    start: int
    end: int

    @property
    def minutes(self) -> int:
        return (self.end - self.start) % DAY


@dataclass(frozen=True, slots=True)
class Hours:
    """A time zone and windows in it."""

    zone: str
    windows: tuple[Window, ...]

    def __str__(self) -> str:
        return "; ".join(
            [self.zone, *(f"{DAYS[w.day]} {clock(w.start)}-{clock(w.end)}" for w in self.windows)]
        )


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


@cache
def zones() -> tuple[str, ...]:
    """Give the names of the time zones of places, and UTC."""
    skipped = ("Etc/", "SystemV/", "US/", "posix", "right")
    return (
        "UTC",
        *sorted(each for each in available_timezones() if "/" in each and not each.startswith(skipped)),
    )


def hours_of_form(given: Mapping[str, str]) -> Hours | None:
    """Read hours from fields of a form: ``zone``, and ``mon-from`` and ``mon-to`` for each day. None without any."""
    windows = []
    for day, word in enumerate(DAYS):
        start, end = given.get(f"{word}-from", "").strip(), given.get(f"{word}-to", "").strip()
        if not start and not end:
            continue
        if not TIME.fullmatch(start[:5]) or not TIME.fullmatch(end[:5]) or start[:5] == end[:5]:
            raise HoursAreIncomplete(day=DAY_NAMES[day])
        windows.append(Window(day, minutes_of(start), minutes_of(end)))
    if not windows:
        return None
    zone = given.get("zone", "")
    if zone not in zones():
        raise ZoneIsUnknown
    return Hours(zone, tuple(windows))


def minutes_of(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:5])


def read_hours(text: str) -> Hours:
    """Read hours as they are kept."""
    zone, *rest = text.split("; ")
    windows = (Window(DAYS.index(each[:3]), minutes_of(each[4:9]), minutes_of(each[10:])) for each in rest)
    return Hours(zone, tuple(windows))


def slots(hours: Hours, at: datetime) -> set[int]:
    """Give the half hours of a week in UTC, from Monday, that these hours touch with the clocks as they are at ``at``.

    In the few zones that lie a quarter of an hour off, a half hour counts that they only touch.
    """
    ahead = offset_at(hours.zone, at)
    found = set()
    for window in hours.windows:
        start = window.day * DAY + window.start - ahead
        last = start + window.minutes - 1
        found |= {slot % SLOTS for slot in range(start // SLOT, last // SLOT + 1)}
    return found


def slot_at(at: datetime) -> int:
    """Give the half hour of the week in UTC that an instant is in."""
    at = at.astimezone(UTC)
    return (at.weekday() * DAY + at.hour * 60 + at.minute) // SLOT


def offset_at(zone: str, at: datetime) -> int:
    """Give by how many minutes a zone is ahead of UTC."""
    ahead = at.astimezone(ZoneInfo(zone)).utcoffset()
    return int((ahead or timedelta(0)).total_seconds()) // 60


def next_turn(zone: str, at: datetime) -> datetime | None:
    """Find when the clocks of a zone change next, to the second; None where they do not within a year."""
    before, low = offset_at(zone, at), at.astimezone(UTC).replace(microsecond=0)
    for _day in range(LOOKS_AHEAD):
        high = low + timedelta(days=1)
        if offset_at(zone, high) != before:
            return first_after(zone, before, low, high)
        low = high
    return None


def first_after(zone: str, before: int, low: datetime, high: datetime) -> datetime:
    """Halve a day until the second is found at which a zone is no longer where it was."""
    while high - low > timedelta(seconds=1):
        middle = low + timedelta(seconds=(high - low).total_seconds() // 2)
        low, high = (middle, high) if offset_at(zone, middle) == before else (low, middle)
    return high
