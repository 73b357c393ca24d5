"""Tiers go by whole days: which day it is here, when the next renewal is, and what a tier is worth on a day."""

import calendar
import re
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from porch.community.tiers.models import Period
from porch.kit.refusals import BadInput

MONTHS = {Period.MONTH: 1, Period.QUARTER: 3, Period.YEAR: 12}
MOST_YEARS = 100
FIRST = date(1970, 1, 1)
ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class State(StrEnum):
    """What a tier is worth on a day."""

    ACTIVE = "active"
    GRACE = "grace"
    LAPSED = "lapsed"


class NotADate(BadInput):
    text = _("That is not a date.")
    hint = _("Write it as 2027-01-31.")


class DateIsFarOff(BadInput):
    text = _("This date is too far off.")
    hint = _("See whether the year is right.")


def state_of(renews_on: date | None, lapses_on: date | None, day: date) -> State:
    """Say what a tier is worth: active before its renewal date, in grace from it on, lapsed from ``lapses_on`` on."""
    if renews_on is None or lapses_on is None or day < renews_on:
        return State.ACTIVE
    return State.GRACE if day < lapses_on else State.LAPSED


def one_period_after(day: date, period: str, month_day: int) -> date | None:
    """Give the renewal date after this one: on ``month_day``, or on the last day of a month that is too short for it.

    What is paid once never renews.
    """
    if period == Period.ONCE:
        return None
    months = day.year * 12 + day.month - 1 + MONTHS[Period(period)]
    year, month = divmod(months, 12)
    return date(year, month + 1, min(month_day, calendar.monthrange(year, month + 1)[1]))


def month_day_behind(month_day: int | None, renews_on: date) -> int:
    """Say on which day of the month a renewal date goes on that was put back: on the one known, if it comes from it."""
    last = calendar.monthrange(renews_on.year, renews_on.month)[1]
    if month_day is not None and min(month_day, last) == renews_on.day:
        return month_day
    return renews_on.day


def lapse_after(renews_on: date, grace_days: int) -> date:
    """Give the first day on which a tier is lapsed."""
    return renews_on + timedelta(days=grace_days)


def read_day(text: str, *, around: date) -> date:
    """Read a date as ISO 8601 writes it, at most a hundred years from ``around`` and not before 1970."""
    if not ISO.fullmatch(text.strip()):
        raise NotADate
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise NotADate from error
    if not day >= FIRST or day.year > around.year + MOST_YEARS:
        raise DateIsFarOff
    return day
