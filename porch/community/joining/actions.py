"""The last step of every way in: whoever may come in comes in, if there is room."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.away.models import SuspensionHash, SuspensionKept
from porch.community.circles.facts import CircleJoined
from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.models import Arrival, Way
from porch.community.leaving.pending import forget_leaving
from porch.community.membership.actions import admit
from porch.community.membership.locking import locked_member
from porch.community.membership.models import Member
from porch.community.removal.rules import hashes_of, require_not_removed
from porch.engine.facts.noting import note
from porch.kit.refusals import Conflict, NotFound
from porch.people.identity.models import Person


class CircleIsFull(Conflict):
    text = _("There is no room left: it takes %(ceiling)s.")
    hint = _("Whoever looks after it can raise the number, or let you wait for a seat.")


class IsSuspended(Conflict):
    text = _("You are suspended for a while, so no way leads in.")
    hint = _("Your account says until when, and why.")


class IsOnPause(Conflict):
    text = _("You belong here and are on a pause, so there is no need to come in.")
    hint = _("Press “I am back” in your account, under the pause.")


class NotYetAMember(Conflict):
    text = _("Only members can be in a circle.")
    hint = _("Join the community first.")


@transaction.atomic
def let_in(
    *, person: Person, circle: Circle, way: Way, at: datetime, brought_by: Member | None = None
) -> Member:
    """Have somebody in a circle, or in the whole community; whoever is in it already stays in it.

    Whether they may was asked before, but for what holds against every way: Raises ``WasRemoved``, ``IsSuspended``,
    ``CircleIsFull``, ``NotFound`` for a circle that was closed and, for a circle inside, ``NotYetAMember``.
    """
    # The circle first: two who want the last seat take turns here.
    circle = lock_circle(circle.pk)
    if circle.is_whole:
        # A membership begins here, so nobody may be removed or archived in the same moment.
        locked_member(person)
    member = Member.objects.belonging().filter(person=person).first()
    # Of a member who goes further in, other accounts with their address say nothing.
    if member is None or circle.is_whole:
        require_not_kept_out(person=person, at=at)
    elif member.suspended_until is not None:
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


def lock_circle(pk: int) -> Circle:
    """Lock a circle: whoever vouches, decides, or takes a seat in it does so one after the other. Raises ``NotFound``.

    A person is locked after the circle, and both before a fact is noted.
    """
    found = Circle.objects.select_for_update().filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def require_not_kept_out(*, person: Person, at: datetime) -> None:
    """Refuse whoever no way leads in for, by another account too. Raises ``WasRemoved`` and ``IsSuspended``.

    Who left while suspended stays suspended until the time, also where the membership is forgotten by then.
    """
    require_not_removed(person=person, at=at)
    member = Member.objects.filter(person=person).first()
    until = None if member is None else member.suspended_until
    if member is not None and until is not None and (member.left_at is None or until > at):
        raise IsSuspended
    if SuspensionKept.objects.filter(person=person, until__gt=at).exists():
        raise IsSuspended
    if SuspensionHash.objects.filter(hash__in=hashes_of(person), until__gt=at).exists():
        raise IsSuspended


def require_not_on_pause(person: Person) -> None:
    """Refuse whoever has a seat in the community and is on a pause. Raises ``IsOnPause``."""
    if Member.objects.belonging().filter(person=person, paused_at__isnull=False).exists():
        raise IsOnPause


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
