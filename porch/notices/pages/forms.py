"""The form on which a member chooses what comes by mail."""

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from porch.community.profiles.hours import ZoneIsUnknown, clock, zones
from porch.kit.refusals import Refusal, Text
from porch.notices.choosing.actions import NoSuchPace, QuietHoursAreIncomplete
from porch.notices.choosing.models import Choice, Pace
from porch.notices.choosing.reads import COLUMNS
from porch.notices.waiting.kinds import Kind

QUIET = ("quiet-from", "quiet-to")
PACES = [(each.value, each.label) for each in Pace]
HINTS: dict[Kind, Text] = {
    Kind.FOLLOWED: _("Those that you chose to follow, and those in which you have written."),
    Kind.BROADCAST: _("Only those that are sent to all by whoever looks after the space."),
}


def given_by(choice: Choice) -> dict[str, str]:
    """Write a choice as the form shows it."""
    paces = {column: getattr(choice, column) for column in COLUMNS.values()}
    ends = (choice.quiet_from, choice.quiet_to)
    quiet = {name: "" if end is None else clock(end) for name, end in zip(QUIET, ends, strict=True)}
    return {**paces, "zone": choice.zone, **quiet}


def given_in(form: QueryDict) -> dict[str, str]:
    """Give what was typed, to show it again."""
    return {name: form.get(name, "") for name in (*COLUMNS.values(), "zone", *QUIET)}


def rows() -> list[tuple[str, Text, Text]]:
    """Give each kind of notice as a row of the form: its name there, what it is, and a hint."""
    return [(column, kind.label, HINTS.get(kind, "")) for kind, column in COLUMNS.items()]


def zone_choices(default: str) -> list[tuple[str, Text]]:
    """List the time zones, that of the community first."""
    first = ("", _("As here: %(zone)s") % {"zone": default.replace("_", " ")})
    return [first, *((each, each.replace("_", " ")) for each in zones())]


def field_at_fault(refusal: Refusal | None) -> str | None:
    """Name the field that a refusal is about."""
    return AT_FAULT.get(type(refusal)) if refusal else None


AT_FAULT: dict[type[Refusal], str] = {
    NoSuchPace: next(iter(COLUMNS.values())),
    ZoneIsUnknown: "zone",
    QuietHoursAreIncomplete: QUIET[0],
}
