"""When mail may come: at which moment a pace is due, and until when hours are quiet, by the clocks of a zone."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

from porch.notices.choosing.models import Choice, Pace

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
# What is collected comes in the morning, by the day on each, by the week on Monday.
MORNING = time(8)
MONDAY = 0
# Longer than any quiet hours are, even where clocks are set back in them.
LONGEST = 26 * 60


def zone_of(choice: Choice) -> ZoneInfo:
    """Give the time zone by whose clocks a member is mailed."""
    return ZoneInfo(choice.zone or settings.PORCH_TIME_ZONE)


def due(pace: str, since: datetime, waits: timedelta, zone: ZoneInfo) -> datetime | None:
    """Say when what was told at a moment is mailed at a pace; None for never. At once is after a short wait."""
    if pace == Pace.AT_ONCE:
        return since + waits
    if pace == Pace.HOURLY:
        return since.astimezone(UTC).replace(minute=0, second=0, microsecond=0) + HOUR
    if pace in (Pace.DAILY, Pace.WEEKLY):
        return next_morning(since, zone, on_monday=pace == Pace.WEEKLY)
    return None


def next_morning(since: datetime, zone: ZoneInfo, *, on_monday: bool) -> datetime:
    """Give the first morning after a moment, or the first of a Monday."""
    day = since.astimezone(zone).date()
    while True:
        morning = datetime.combine(day, MORNING, zone)
        if morning > since and (not on_monday or day.weekday() == MONDAY):
            return morning.astimezone(UTC)
        day += timedelta(days=1)


def is_quiet(choice: Choice, at: datetime) -> bool:
    """Say whether a moment is in a member's quiet hours. The minute at which they end is not."""
    start, end = choice.quiet_from, choice.quiet_to
    if start is None or end is None:
        return False
    there = at.astimezone(zone_of(choice))
    minute = there.hour * 60 + there.minute
    return start <= minute < end if start < end else minute >= start or minute < end


def quiet_until(choice: Choice, at: datetime) -> datetime:
    """Give the first moment from ``at`` on that is not in the quiet hours.

    It goes from minute to minute: hours that clocks skip or repeat are then right by themselves.
    """
    if not is_quiet(choice, at):
        return at
    moment = at.astimezone(UTC).replace(second=0, microsecond=0)
    later = (moment + n * MINUTE for n in range(1, LONGEST))
    return next((each for each in later if not is_quiet(choice, each)), moment + LONGEST * MINUTE)
