"""Days of the community: from midnight to midnight in its time zone (PORCH_TIME_ZONE)."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings


def zone() -> ZoneInfo:
    """Give the time zone in which the community counts its days."""
    return ZoneInfo(settings.PORCH_TIME_ZONE)


def day_of(at: datetime) -> date:
    """Give the day that it is there at a moment."""
    return at.astimezone(zone()).date()
