"""How many letters one member may have sent: so many new addresses within a day."""

from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.invites.models import Invite
from porch.community.invites.rights import INVITE
from porch.community.membership.models import Member
from porch.community.roles.limits import require_can_admit
from porch.community.roles.rules import require
from porch.kit.refusals import Refusal
from porch.people.identity.models import Person

DAY = timedelta(days=1)
# A request that was read a moment before another does not overlook it; a clock set back shuts nobody out for long.
A_MOMENT = timedelta(minutes=5)


class EnoughForToday(Refusal):
    status = 429
    text = _("You have invited %(most)s addresses within a day, and more are not taken.")
    hint = _("Go on after %(until)s with the same list: nobody is invited twice.")


def require_sender(by: Person, circle: Circle) -> Member:
    """Give the member who may have letters sent to addresses: it takes the right in the whole community.

    An address may be anybody's, and whoever invites in one circle alone invites members. Raises ``NeedsRight`` and
    ``GrantsMore``.
    """
    require(by.pk, INVITE)
    require_can_admit(by, circle)
    return Member.objects.present().get(person=by)


def room_today(member: Member, at: datetime) -> tuple[int, datetime | None]:
    """Count the addresses that a member may still invite within the day, and say when there are more again."""
    made = Invite.objects.filter(made_by=member, made_at__gt=at - DAY, made_at__lte=at + A_MOMENT)
    letters = made.exclude(address="")
    first = letters.order_by("made_at").values_list("made_at", flat=True).first()
    room = max(0, settings.PORCH_INVITES_A_DAY - letters.count())
    return room, None if first is None else first + DAY


def enough_for_today(until: datetime, at: datetime) -> EnoughForToday:
    """Say when one can go on."""
    seconds = max(1, ceil((until - at).total_seconds()))
    return EnoughForToday(
        most=f"{settings.PORCH_INVITES_A_DAY:,}", until=f"{until:%Y-%m-%d %H:%M UTC}", seconds=seconds
    )
