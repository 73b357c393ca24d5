"""The verbs of removal: remove a member, lift a removal, let the evidence go when its term is over."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import CircleMember
from porch.community.leaving.forgetting import forget_membership
from porch.community.membership.locking import locked_member
from porch.community.membership.models import Member
from porch.community.removal.acts import LIFTED, REMOVED
from porch.community.removal.facts import MemberRemoved, RemovalLifted
from porch.community.removal.letters import tell_removed
from porch.community.removal.models import Removal, RemovalHash
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.community.removal.rules import hashes_of, require_power_over
from porch.community.roles.limits import take_turns_with_roles
from porch.community.roles.models import RoleHolder
from porch.community.roles.rules import require
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.addresses import clean_address
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.kit.text import clean_line
from porch.people.identity.models import Person
from porch.people.tokens.ending import revoke_along

MOST_REASON, MOST_MESSAGE = 500, 1000
FARTHEST = timedelta(days=20 * 365 + 5)


class EndsInThePast(BadInput):
    text = _("This time has passed already.")
    hint = _("Choose a time that is still to come.")


class EndsTooFarAhead(BadInput):
    text = _("That is more than 20 years ahead.")
    hint = _("Choose an earlier time, or none where it is to hold until it is lifted.")


class RemovalIsOver(Conflict):
    text = _("This removal is lifted or over already.")
    hint = _("Nothing was changed.")


@transaction.atomic
def remove_member(
    *,
    member: Member,
    by: Person,
    reason: str,
    message: str,
    appeal_to: str,
    expires_at: datetime | None,
    at: datetime,
) -> Removal:
    """Remove a member at once, and tell them why, until when and where they can appeal.

    Somebody who has just left is removed too: then they cannot undo it. Who is removed already stays so. Raises what
    ``require_power_over`` does, and ``NotFound`` for who is gone.
    """
    reason = clean_line(reason, most=MOST_REASON, name=_("reason"))
    message = clean_line(message, most=MOST_MESSAGE, name=_("message"))
    appeal_to = clean_address(appeal_to)
    require_end(expires_at, at)
    # A role that is given or taken at the same moment counts: whoever becomes an owner is not removed.
    take_turns_with_roles()
    member = there(member)
    require_power_over(by=by, member=member)
    standing = Removal.objects.standing(at).filter(person_id=member.person_id).first()
    if standing is not None:
        return standing
    removal = Removal.objects.create(
        person_id=member.person_id,
        at=at,
        by=by,
        reason=reason,
        message=message,
        appeal_to=appeal_to,
        expires_at=expires_at,
    )
    hashes = hashes_of(member.person)
    RemovalHash.objects.bulk_create(RemovalHash(removal=removal, hash=each) for each in hashes)
    if member.left_at is None:
        member.left_at = at
        member.save(update_fields=["left_at"])
    RoleHolder.objects.filter(member=member).delete()
    CircleMember.objects.filter(member=member).delete()
    revoke_along(person=member.person, at=at)
    record(REMOVED, by_id=by.pk, about_id=member.person_id, at=at, reason=reason, removal_id=removal.pk)
    note(MemberRemoved(member_id=member.pk, person_id=member.person_id, removal_id=removal.pk, at=at))
    tell_removed(removal, member.person, at=at)
    return removal


@transaction.atomic
def lift_removal(*, removal: Removal, by: Person, at: datetime) -> Removal:
    """Let somebody come in again by the ways that there are. Who is not here any more stays away.

    Raises ``NeedsRight`` and ``RemovalIsOver``.
    """
    require(by.pk, REMOVE_MEMBERS)
    removal = Removal.objects.select_for_update(of=("self",)).get(pk=removal.pk)
    if not removal.stands(at):
        raise RemovalIsOver
    removal.lifted_at, removal.lifted_by = at, by
    removal.save(update_fields=["lifted_at", "lifted_by"])
    record(LIFTED, by_id=by.pk, about_id=removal.person_id, at=at, removal_id=removal.pk)
    note(RemovalLifted(removal_id=removal.pk, at=at))
    return removal


@transaction.atomic
def let_evidence_go(*, at: datetime, hold: bool = False) -> int:
    """Delete removals whose term is over, and what was left of the membership; give how many.

    ``hold`` says that the clock is in doubt: then nothing goes.
    """
    if hold:
        return 0
    before = at - settings.PORCH_REMOVAL_EVIDENCE
    over = list(
        Removal.objects.filter(Q(lifted_at__lte=before) | Q(expires_at__lte=before, lifted_at__isnull=True))
    )
    for removal in over:
        person_id = removal.person_id
        removal.delete()
        forget_removed(person_id, at)
    return len(over)


def forget_removed(person_id: int | None, at: datetime) -> None:
    """Forget the membership of somebody who was removed and never came back; nothing keeps it any more."""
    person = Person.objects.filter(pk=person_id).first() if person_id is not None else None
    if person is None or Removal.objects.filter(person=person).exists():
        return
    member = locked_member(person)
    if member is not None and member.left_at is not None:
        forget_membership(person=person, at=at)


def require_end(ends_at: datetime | None, at: datetime) -> None:
    """Refuse an end that has passed, or one that nobody here will see."""
    if ends_at is not None and ends_at <= at:
        raise EndsInThePast
    if ends_at is not None and ends_at > at + FARTHEST:
        raise EndsTooFarAhead


def there(member: Member) -> Member:
    """Hold a member who is or was here. Raises ``NotFound``."""
    person = Person.objects.filter(pk=member.person_id).first()
    found = locked_member(person) if person is not None else None
    if found is None:
        raise NotFound
    return found
