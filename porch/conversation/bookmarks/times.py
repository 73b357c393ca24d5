"""When a reminder comes: a choice of a form, in the time zone of whoever chooses."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from porch.community.profiles.hours import read_hours
from porch.community.profiles.models import Kind, ProfileAnswer
from porch.kit.days import zone
from porch.kit.refusals import BadInput

MORNING = time(9)
MOST_AHEAD = timedelta(days=5 * 366)
NEVER, TOMORROW, NEXT_WEEK, CHOSEN = "", "tomorrow", "week", "chosen"
CHOICES = (
    (NEVER, _("Not at all")),
    (TOMORROW, _("Tomorrow morning")),
    (NEXT_WEEK, _("Monday morning")),
    (CHOSEN, _("At the time below")),
)


class NoSuchTime(BadInput):
    text = _("This is not a time.")
    hint = _("Choose a day and an hour.")


class TimeIsOver(BadInput):
    text = _("This time is over already.")
    hint = _("Choose a later one.")


class TimeIsTooFar(BadInput):
    text = _("A reminder comes within five years.")
    hint = _("Choose an earlier time.")


def zone_of(person_id: int) -> ZoneInfo:
    """Give somebody's time zone, as they said it among their hours; otherwise that of the community."""
    found = ProfileAnswer.objects.filter(
        member__person_id=person_id, field__kind=Kind.HOURS, field__retired_at=None
    )
    value = found.order_by("field__position", "pk").values_list("value", flat=True).first()
    return ZoneInfo(read_hours(value).zone) if value else zone()


def read_choice(choice: str, typed: str, *, there: ZoneInfo, at: datetime) -> datetime | None:
    """Read when somebody wants to be reminded. ``typed`` is a date and a time as a browser sends it.

    Raises ``NoSuchTime``; whether it is too early or too late is said by the verb.
    """
    today = at.astimezone(there).date()
    if choice == NEVER:
        return None
    if choice == TOMORROW:
        return datetime.combine(today + timedelta(days=1), MORNING, there).astimezone(UTC)
    if choice == NEXT_WEEK:
        return datetime.combine(today + timedelta(days=7 - today.weekday()), MORNING, there).astimezone(UTC)
    if choice != CHOSEN or not typed.isascii() or not 16 <= len(typed) <= 19:
        raise NoSuchTime
    try:
        local = datetime.fromisoformat(typed)
        if local.tzinfo is not None or not 2000 <= local.year <= 9000:
            raise NoSuchTime
        return local.replace(tzinfo=there).astimezone(UTC)
    except ValueError as error:
        raise NoSuchTime from error


def typed_of(at: datetime | None, there: ZoneInfo) -> str:
    """Write an instant as a browser's field for a date and a time wants it."""
    return at.astimezone(there).strftime("%Y-%m-%dT%H:%M") if at else ""
