"""The open door: where the community is open to everyone, whoever proves an address comes in."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle, WayIn
from porch.community.joining.models import Way
from porch.community.knocking.actions import knock
from porch.community.membership.models import Member
from porch.community.requests.moving import in_line, seats_free
from porch.kit.refusals import NotAllowed
from porch.people.identity.models import Person


class DoorIsNotOpen(NotAllowed):
    text = _("The door is not open to everyone.")
    hint = _("The page for joining says how one comes in.")


def way_in() -> WayIn:
    """Say how one comes into the community; a house without one takes nobody but by invitation."""
    whole = Circle.objects.filter(is_whole=True).values_list("way_in", flat=True).first()
    return WayIn(whole) if whole else WayIn.INVITE


def way_for_strangers() -> WayIn:
    """Say how somebody comes in, or asks to, by themselves. Raises ``DoorIsNotOpen`` where one has to be invited."""
    way = way_in()
    if way == WayIn.INVITE:
        raise DoorIsNotOpen
    return way


def has_to_wait() -> bool:
    """Say whether whoever comes into the community now gets a place in the waiting line instead of a seat."""
    whole = Circle.objects.filter(is_whole=True, ceiling__isnull=False).first()
    return whole is not None and (seats_free(whole) == 0 or in_line(whole).exists())


@transaction.atomic
def come_in_by_open_door(*, person: Person, at: datetime) -> Member | None:
    """Have a person in, if the door is open at this moment; nobody is given where they have to wait."""
    whole = Circle.objects.filter(is_whole=True, way_in=WayIn.OPEN).first()
    if whole is None:
        raise DoorIsNotOpen
    return knock(person=person, circle=whole, way=Way.OPEN, at=at).member
