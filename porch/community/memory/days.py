"""Which days are anniversaries, and when a day begins and ends."""

from calendar import isleap
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from porch.kit.days import zone

# The years that are noticed: these, and every fifth.
EARLY = (1, 2, 3)
EVERY = 5
MOST_YEARS = 100


def bounds(day: date) -> tuple[datetime, datetime]:
    """Give the first instant of a day and that of the next, in UTC."""
    start = datetime.combine(day, time(), zone())
    end = datetime.combine(day + timedelta(days=1), time(), zone())
    return start.astimezone(UTC), end.astimezone(UTC)


def days_remembered(today: date) -> Iterator[tuple[int, date]]:
    """Give each day of which this is an anniversary, with its years.

    Who came on a 29th of February is remembered on the 28th in years that have no 29th.
    """
    for years in range(1, min(MOST_YEARS, today.year - 1) + 1):
        if years not in EARLY and years % EVERY:
            continue
        then = today.year - years
        if (today.month, today.day) != (2, 29) or isleap(then):
            yield years, today.replace(year=then)
        if (today.month, today.day) == (2, 28) and isleap(then) and not isleap(today.year):
            yield years, date(then, 2, 29)
