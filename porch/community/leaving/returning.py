"""Undo that somebody left, within the seven days."""

from datetime import datetime

from django.db import transaction

from porch.community.circles.models import CircleMember
from porch.community.joining.actions import CircleIsFull, require_room
from porch.community.leaving.facts import MemberReturned
from porch.community.leaving.models import LaidDownCircle, LaidDownRole, Leaving
from porch.community.leaving.pending import call_off
from porch.community.leaving.rules import TooLateToReturn
from porch.community.membership.locking import locked_member
from porch.community.membership.models import Member
from porch.community.removal.rules import require_not_removed
from porch.community.roles.models import RoleHolder
from porch.community.roles.reads import OWNER
from porch.community.tiers.holding import circles_due, held_by, open_again, take_turn_for
from porch.community.tiers.opening import came_by_tier
from porch.engine.facts.noting import note
from porch.kit.days import day_of
from porch.kit.ids import digest
from porch.people.identity.models import Person


@transaction.atomic
def come_back(*, person: Person, at: datetime) -> Member:
    """Make a leaver the member that they were: with their roles, and with the circles that have room.

    A circle in which they were by their tier is theirs again as long as the tier opens it.

    The undo is promised, so the ceiling of the whole community does not hold against it: whoever came in meanwhile
    stays, and there is one more until somebody leaves. A suspension that still runs goes on.

    Raises ``TooLateToReturn`` and ``WasRemoved``.
    """
    laid_down = LaidDownCircle.objects.filter(leaving__member__person=person)
    # Circles first, as whoever comes in does.
    take_turn_for(person, circle_ids=list(laid_down.values_list("circle_id", flat=True)))
    member = locked_member(person)
    leaving = Leaving.objects.select_related("member").filter(member=member).first() if member else None
    if member is None or leaving is None or not leaving.can_be_undone(at):
        raise TooLateToReturn
    require_not_removed(person=person, at=at)
    member.left_at = None
    member.save(update_fields=["left_at"])
    take_up_circles(member, leaving, at=at)
    take_up_roles(member, leaving)
    call_off(leaving, at=at)
    note(MemberReturned(member_id=member.pk, person_id=person.pk, at=at))
    open_again(member, at=at)
    return member


def find_leaver(*, token: str, at: datetime) -> Person:
    """Find who undoes with a link. Raises ``TooLateToReturn``."""
    found = Leaving.objects.filter(digest=digest(token)).select_related("member__person").first()
    if found is None or not found.can_be_undone(at):
        raise TooLateToReturn
    person: Person = found.member.person
    return person


def take_up_circles(member: Member, leaving: Leaving, *, at: datetime) -> None:
    """Restore the circles in which there is a seat, and that a tier still opens where it did; they are locked."""
    laid_down = list(LaidDownCircle.objects.filter(leaving=leaving).select_related("circle"))
    due = {each.pk for each in circles_due(held_by(member), day_of(at))}
    closed = came_by_tier(member, [each.circle_id for each in laid_down]) - due
    for laid in laid_down:
        if laid.circle_id in closed:
            continue
        try:
            require_room(laid.circle)
        except CircleIsFull:
            continue
        CircleMember.objects.get_or_create(
            circle_id=laid.circle_id, member=member, defaults={"joined_at": laid.joined_at}
        )


def take_up_roles(member: Member, leaving: Leaving) -> None:
    """Restore the roles, but for that of owner where somebody else became one meanwhile."""
    roles = LaidDownRole.objects.filter(leaving=leaving).select_related("role__circle")
    here = set(CircleMember.objects.filter(member=member).values_list("circle", flat=True))
    for laid in roles:
        role = laid.role
        if not role.circle.is_whole and role.circle_id not in here:
            continue
        holders = RoleHolder.objects.filter(role=role, given_at__gt=leaving.left_at)
        if role.key == OWNER and holders.exists():
            continue
        RoleHolder.objects.get_or_create(
            role=role, member=member, defaults={"given_at": laid.given_at, "given_by_id": laid.given_by_id}
        )
