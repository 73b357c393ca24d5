"""The verbs of choosing: what comes by mail and when, and stopping one kind."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.community.profiles.hours import TIME, ZoneIsUnknown, minutes_of, zones
from porch.kit.refusals import BadInput
from porch.notices.choosing.models import Choice, Pace
from porch.notices.choosing.reads import KINDS
from porch.notices.waiting.models import Mailbag


class NoSuchPace(BadInput):
    text = _("There is no such choice.")
    hint = _("Choose one of those that are listed.")


class QuietHoursAreIncomplete(BadInput):
    text = _("Quiet hours have a beginning and an end that differ.")
    hint = _("Write both as hours and minutes, such as 22:00 and 07:00, or leave both empty.")


@transaction.atomic
def choose(
    *, member_id: int, paces: Mapping[str, str], zone: str, quiet: tuple[str, str], at: datetime
) -> Choice:
    """Choose for each kind how soon it is mailed, and when nothing is; what waits is looked at anew.

    Raises ``NoSuchPace``, ``ZoneIsUnknown`` and ``QuietHoursAreIncomplete``.
    """
    if not set(paces) <= set(KINDS) or not set(paces.values()) <= set(Pace.values):
        raise NoSuchPace
    if zone and zone not in zones():
        raise ZoneIsUnknown
    start, end = read_quiet(quiet)
    values = {**paces, "zone": zone, "quiet_from": start, "quiet_to": end}
    choice, _made = Choice.objects.update_or_create(member_id=member_id, defaults=values)
    Mailbag.objects.filter(member_id=member_id).update(due_at=at)
    return choice


@transaction.atomic
def stop_kind(*, member_id: int, column: str, at: datetime) -> None:
    """Mail a member nothing of one kind any more. Done twice, or for whoever is gone, it is as good."""
    if Member.objects.filter(pk=member_id).exists():
        Choice.objects.update_or_create(member_id=member_id, defaults={column: Pace.NEVER})


def read_quiet(quiet: tuple[str, str]) -> tuple[int | None, int | None]:
    """Read quiet hours in minutes after midnight; none where both are empty."""
    start, end = (each.strip()[:5] for each in quiet)
    if not start and not end:
        return None, None
    if not TIME.fullmatch(start) or not TIME.fullmatch(end) or start == end:
        raise QuietHoursAreIncomplete
    return minutes_of(start), minutes_of(end)
