"""The last step of every way in: whoever may come in comes in, if there is room."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.circles.facts import CircleJoined
from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.models import Arrival, Way
from porch.community.leaving.pending import forget_leaving
from porch.community.membership.actions import admit
from porch.community.membership.models import Member
from porch.community.removal.rules import require_not_removed
from porch.engine.facts.noting import note
from porch.kit.refusals import Conflict
from porch.people.identity.models import Person


class CircleIsFull(Conflict):
    text = _("There is no room left: it takes %(ceiling)s.")
    hint = _("Whoever looks after it can raise the number, or let you wait for a seat.")


class IsSuspended(Conflict):
    text = _("You are suspended for a while, so no way leads in.")
    hint = _("Your account says until when, and why.")


class NotYetAMember(Conflict):
    text = _("Only members can be in a circle.")
    hint = _("Join the community first.")


@transaction.atomic
def let_in(
    *, person: Person, circle: Circle, way: Way, at: datetime, brought_by: Member | None = None
) -> Member:
    """Have somebody in a circle, or in the whole community; whoever is in it already stays in it.

    Whether they may was asked before, but for what holds against every way: Raises ``WasRemoved``, ``IsSuspended``,
    ``CircleIsFull`` and, for a circle inside, ``NotYetAMember``.
    """
    # The circle first: two who want the last seat take turns here.
    circle = Circle.objects.select_for_update().get(pk=circle.pk)
    require_not_removed(person=person, at=at)
    member = Member.objects.belonging().filter(person=person).first()
    if member is not None and member.suspended_until is not None:
        raise IsSuspended
    if member is None and not circle.is_whole:
        raise NotYetAMember
    if member is not None and is_in(member, circle):
        return member
    require_room(circle)
    if member is None:
        member = admit(person=person, at=at)
        forget_leaving(member=member, at=at)
    else:
        CircleMember.objects.create(circle=circle, member=member, joined_at=at)
        note(CircleJoined(circle_id=circle.pk, member_id=member.pk, at=at))
    bringer = None if brought_by is None or brought_by.pk == member.pk else brought_by
    Arrival.objects.create(circle=circle, member=member, at=at, way=way, brought_by=bringer)
    return member


def is_in(member: Member, circle: Circle) -> bool:
    """Say whether a present member is in a circle; every one is in the whole community."""
    return circle.is_whole or CircleMember.objects.filter(circle=circle, member=member).exists()


def require_room(circle: Circle) -> None:
    """Refuse where a ceiling is reached; call it with the circle locked."""
    if circle.ceiling is not None and seats_taken(circle) >= circle.ceiling:
        raise CircleIsFull(ceiling=circle.ceiling)


def seats_taken(circle: Circle) -> int:
    """Count who has a seat in a circle, those too who are away for a while."""
    if circle.is_whole:
        return Member.objects.belonging().count()
    return CircleMember.objects.filter(circle=circle, member__left_at__isnull=True).count()
