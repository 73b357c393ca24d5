"""The one clock, and instants as the database keeps them."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def now() -> datetime:
    """Read the clock. Only views, commands and jobs may, once each; everyone else is told the time."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that reads it


def to_micros(at: datetime) -> int:
    """Turn an aware instant into whole microseconds since 1970, UTC."""
    if at.tzinfo is None:
        raise ValueError("an instant needs its time zone")
    return (at - EPOCH) // MICROSECOND


def from_micros(micros: int) -> datetime:
    """Turn microseconds since 1970, UTC, into an aware instant."""
    return EPOCH + micros * MICROSECOND
