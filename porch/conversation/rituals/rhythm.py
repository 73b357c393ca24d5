"""When a ritual is due: a recurrence rule on the clocks of the house, which change twice a year."""

from dataclasses import dataclass
from datetime import UTC, datetime

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from porch.kit.clocks import in_zone
from porch.kit.days import zone
from porch.kit.refusals import Text


class Every(TextChoices):
    """How often something comes round."""

    WEEK = "week", _("Every week")
    TWO_WEEKS = "two-weeks", _("Every two weeks")
    MONTH_WEEKDAY = "month-weekday", _("Every month, on a day of the week")
    MONTH_DAY = "month-day", _("Every month, on a date")


SENTENCES: dict[str, Text] = {
    Every.WEEK: _("every %(weekday)s at %(time)s"),
    Every.TWO_WEEKS: _("every second %(weekday)s at %(time)s"),
    Every.MONTH_WEEKDAY: _("every %(nth)s %(weekday)s of the month at %(time)s"),
    Every.MONTH_DAY: _("on day %(day)s of every month at %(time)s"),
}
WEEKDAYS = range(7)
# The first to the fourth of a month, and the last.
NTHS = (1, 2, 3, 4, -1)
DAY_NAMES = (
    _("Monday"),
    _("Tuesday"),
    _("Wednesday"),
    _("Thursday"),
    _("Friday"),
    _("Saturday"),
    _("Sunday"),
)
NTH_NAMES = {1: _("first"), 2: _("second"), 3: _("third"), 4: _("fourth"), -1: _("last")}
# Each month has these days.
DAYS = range(1, 29)
MINUTES = range(24 * 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """A rule, with the time of day in minutes from midnight; ``begins`` is from when every second week is counted."""

    every: str
    minute: int
    begins: datetime
    weekday: int = 0
    nth: int = 1
    day: int = 1

    def after(self, at: datetime) -> datetime:
        """Give the first time after ``at`` at which it is due, in UTC.

        An hour that comes twice is meant the first time; one that the clocks leave out is an hour later.
        """
        local = at.astimezone(zone()).replace(tzinfo=None)
        rule = self.rule()
        found = rule.after(local.replace(hour=0, minute=0, second=0, microsecond=0), inc=True)
        while found is not None:
            due = in_zone(found, zone()).astimezone(UTC)
            if due > at:
                return due
            found = rule.after(found)
        raise ValueError("a rhythm goes on for ever")

    def __str__(self) -> str:
        values = {
            "weekday": DAY_NAMES[self.weekday],
            "nth": NTH_NAMES[self.nth],
            "day": self.day,
            "time": f"{self.minute // 60:02}:{self.minute % 60:02}",
        }
        return str(SENTENCES[self.every]) % values

    def rule(self) -> rrule:
        """Write it as a recurrence rule, by clocks that know no zone."""
        start = self.begins.astimezone(zone()).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
        start = start.replace(hour=self.minute // 60, minute=self.minute % 60)
        if self.every in (Every.WEEK, Every.TWO_WEEKS):
            # Weeks are counted from Monday, so that the second one is the same whichever day it began on.
            interval = 2 if self.every == Every.TWO_WEEKS else 1
            return rrule(WEEKLY, dtstart=start, interval=interval, byweekday=self.weekday)
        if self.every == Every.MONTH_WEEKDAY:
            return rrule(MONTHLY, dtstart=start, byweekday=weekday(self.weekday, self.nth))
        return rrule(MONTHLY, dtstart=start, bymonthday=self.day)
