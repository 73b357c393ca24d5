"""Times as forms send them: by the clocks of some place, which change twice a year."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LONGEST = 32


class NoSuchTime(ValueError):
    """What was sent is no day and time, or names no time zone."""


def read_local(text: str, zone: str) -> datetime:
    """Read a day and time such as 2026-03-02T18:00 by the clocks of a zone, and give it in UTC.

    An hour that comes twice is meant the first time, one that is left out is an hour later. Raises ``NoSuchTime``.
    """
    try:
        read = datetime.fromisoformat(text.strip()[:LONGEST])
        return (read if read.tzinfo else in_zone(read, ZoneInfo(zone))).astimezone(UTC)
    except (ValueError, OverflowError, OSError, ZoneInfoNotFoundError) as error:
        raise NoSuchTime from error


def in_zone(read: datetime, zone: ZoneInfo) -> datetime:
    """Give the instant at which clocks of a zone show a time."""
    return read.replace(tzinfo=zone, fold=0)
