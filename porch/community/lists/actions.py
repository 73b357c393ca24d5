"""The verbs of lists: save a set, delete it, put many in a circle, take a list out."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.actions import let_in, lock_circle
from porch.community.joining.models import Way
from porch.community.lists.acts import LIST_TAKEN, PLACED, SET_DELETED, SET_SAVED
from porch.community.lists.filtering import MemberFilter
from porch.community.lists.models import SavedSet
from porch.community.lists.rights import SEE_MEMBERS
from porch.community.membership.locking import lock_members
from porch.community.membership.models import Member, is_here
from porch.community.roles.limits import require_can_admit
from porch.community.roles.rights import MANAGE_CIRCLES
from porch.community.roles.rules import require
from porch.engine.audit.models import AuditEntry
from porch.engine.audit.recording import record
from porch.kit.refusals import BadInput, Conflict
from porch.kit.text import clean_line
from porch.people.identity.models import Person

MOST_NAME = 80
# Each takes a few statements, and others wait meanwhile: so many are done within a second or two.
MOST_AT_ONCE = 500


class SetNameIsTaken(Conflict):
    text = _("There is a set of this name already.")
    hint = _("Give it another name, or delete the other one first.")


class EmptySet(BadInput):
    text = _("Nobody is chosen.")
    hint = _("Tick members, or choose everyone who fits.")


class TooManyAtOnce(BadInput):
    text = _("That is %(number)s members; at most %(most)s at once can be changed.")
    hint = _("Narrow it down, for instance month by month.")


@dataclass(frozen=True, slots=True)
class Placed:
    """How many came into a circle, and how many were left out because they are away."""

    came: int
    away: int


@transaction.atomic
def save_set(*, name: str, wanted: MemberFilter, by: Person, at: datetime) -> SavedSet:
    """Save a filter by a name, for everyone who may see the list. Raises ``SetNameIsTaken``."""
    require(by.pk, SEE_MEMBERS)
    name = clean_line(name, most=MOST_NAME, name=_("name"))
    kept = {key: value for key, value in asdict(wanted).items() if value}
    member = Member.objects.present().filter(person=by).first()
    try:
        with transaction.atomic():
            saved = SavedSet.objects.create(name=name, wanted=kept, saved_by=member, saved_at=at)
    except IntegrityError:
        raise SetNameIsTaken from None
    record(SET_SAVED, by_id=by.pk, at=at, set_id=saved.pk)
    return saved


@transaction.atomic
def delete_set(*, saved: SavedSet, by: Person, at: datetime) -> None:
    """Delete a saved set; nobody in it is touched. Done twice, it is done."""
    require(by.pk, SEE_MEMBERS)
    if SavedSet.objects.filter(pk=saved.pk).delete()[0]:
        record(SET_DELETED, by_id=by.pk, at=at, set_id=saved.pk)


@transaction.atomic
def put_in_circle(*, members: Iterable[Member], circle: Circle, by: Person, at: datetime) -> Placed:
    """Put those members in a circle who are here, all of them or none, and leave out whoever is away.

    Each reads in their own log who did it. Raises ``CircleIsFull`` and ``GrantsMore``.
    """
    require(by.pk, MANAGE_CIRCLES, circle.pk)
    require_can_admit(by, circle)
    circle = lock_circle(circle.pk)
    # Held as they are now, before the first fact: whoever is suspended in this moment is left out.
    chosen = lock_members(at_most(members))
    there = CircleMember.objects.filter(circle=circle, member__in=list(chosen))
    inside = set(there.values_list("member_id", flat=True))
    new = [member for pk, member in chosen.items() if pk not in inside]
    came = [member for member in new if is_here(member)]
    for member in came:
        let_in(person=member.person, circle=circle, way=Way.PLACED, at=at)
        record(PLACED, by_id=by.pk, about_id=member.person_id, at=at, circle_id=circle.pk)
    return Placed(len(came), len(new) - len(came))


@transaction.atomic
def take_list(*, by: Person, at: datetime) -> AuditEntry:
    """Write down that somebody takes a list of members out."""
    require(by.pk, SEE_MEMBERS)
    return record(LIST_TAKEN, by_id=by.pk, at=at)


def at_most(members: Iterable[Member]) -> list[Member]:
    """Give the members as a list. Raises ``EmptySet`` and ``TooManyAtOnce``."""
    chosen = list(members)
    if not chosen:
        raise EmptySet
    if len(chosen) > MOST_AT_ONCE:
        raise TooManyAtOnce(number=len(chosen), most=MOST_AT_ONCE)
    return chosen
