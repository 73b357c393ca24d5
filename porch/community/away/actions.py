"""The verbs of being away: suspend a member until a time, end it; take a pause, and come back from it."""

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from porch.community.away.acts import ENDED, SUSPENDED
from porch.community.away.facts import MemberPaused, MemberResumed, MemberSuspended, MemberUnpaused
from porch.community.away.models import Suspension, SuspensionHash, SuspensionKept
from porch.community.membership.locking import locked_member
from porch.community.membership.models import Member
from porch.community.removal.actions import MOST_REASON, require_end, there
from porch.community.removal.rules import hashes_of, require_power_over
from porch.community.roles.limits import require_another_owner, take_turns_with_roles
from porch.community.tiers.holding import open_again, take_turn_for
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.apart import each_apart
from porch.kit.refusals import Conflict, NotFound
from porch.kit.text import clean_line
from porch.people.delivery.actions import send
from porch.people.delivery.contact import contact
from porch.people.delivery.grounds import Reason, Transactional
from porch.people.delivery.letters import Letter
from porch.people.identity.models import Person

MOST_AT_ONCE = 100
TEMPLATE = "community/away/mail/suspended"


class NotSuspended(Conflict):
    text = _("They are not suspended any more.")
    hint = _("Nothing was changed.")


class NotAMember(Conflict):
    text = _("Only members can take a pause.")


@transaction.atomic
def suspend_member(*, member: Member, until: datetime, reason: str, by: Person, at: datetime) -> Suspension:
    """Keep a member out until a time, and tell them why; who is suspended already gets the new time.

    Raises what ``require_power_over`` does, and ``NotFound``.
    """
    reason = clean_line(reason, most=MOST_REASON, name=_("reason"))
    require_end(until, at)
    take_turns_with_roles()
    member = there(member)
    if member.left_at is not None:
        raise NotFound
    require_power_over(by=by, member=member)
    end_running(member, at=at)
    made = Suspension.objects.create(member=member, since=at, until=until, reason=reason, by=by)
    keep_hashes(made, member.person)
    member.suspended_until = until
    member.save(update_fields=["suspended_until"])
    record(SUSPENDED, by_id=by.pk, about_id=member.person_id, at=at, reason=reason, suspension_id=made.pk)
    note(MemberSuspended(member_id=member.pk, person_id=member.person_id, at=at))
    tell_suspended(made, member.person, at=at)
    return made


@transaction.atomic
def end_suspension(*, member: Member, by: Person, at: datetime) -> None:
    """Let a suspended member in again before the time. Raises as ``suspend_member``, and ``NotSuspended``."""
    take_turn_for(member.person)
    member = there(member)
    require_power_over(by=by, member=member)
    standing = Suspension.objects.filter(member=member, ended_at__isnull=True).first()
    if standing is None or standing.until <= at:
        raise NotSuspended
    resume(member, at=at)
    record(ENDED, by_id=by.pk, about_id=member.person_id, at=at, suspension_id=standing.pk)


def resume_due(*, at: datetime, hold: bool = False) -> int:
    """Let those in again whose suspension is over; give how many. ``hold`` says that the clock is in doubt."""
    if hold:
        return 0
    SuspensionKept.objects.filter(until__lte=at).delete()
    SuspensionHash.objects.filter(until__lte=at).delete()
    due = Suspension.objects.filter(until__lte=at, ended_at__isnull=True).select_related("member__person")
    people = [each.member.person for each in due.order_by("until")[:MOST_AT_ONCE]]
    return sum(each_apart(people, lambda person: resume_if_due(person=person, at=at)))


@transaction.atomic
def resume_if_due(*, person: Person, at: datetime) -> bool:
    """Let one person in again if their suspension is over; say whether it was just that."""
    if not Suspension.objects.filter(member__person=person, until__lte=at, ended_at__isnull=True).exists():
        return False
    take_turn_for(person)
    member = locked_member(person)
    due = Suspension.objects.filter(member=member, until__lte=at, ended_at__isnull=True)
    if member is None or not due.exists():
        return False
    resume(member, at=at)
    return True


def resume(member: Member, *, at: datetime) -> None:
    """End the suspension of a member who is locked, and open what their tier opens by now; the turn has been taken."""
    end_running(member, at=at)
    member.suspended_until = None
    member.save(update_fields=["suspended_until"])
    note(MemberResumed(member_id=member.pk, at=at))
    open_again(member, at=at)


def keep_hashes(made: Suspension, person: Person) -> None:
    """Keep the hashes of a person's addresses until a suspension is over."""
    SuspensionHash.objects.bulk_create(
        SuspensionHash(hash=each, suspension_number=made.pk, until=made.until) for each in hashes_of(person)
    )


def end_running(member: Member, *, at: datetime) -> None:
    """End what is running of a member's suspensions, and forget the hashes kept for them."""
    running = Suspension.objects.filter(member=member, ended_at__isnull=True)
    SuspensionHash.objects.filter(suspension_number__in=list(running.values_list("pk", flat=True))).delete()
    running.update(ended_at=at)


@transaction.atomic
def take_pause(*, person: Person, at: datetime) -> Member:
    """Have a member be away until they say that they are back; who is on a pause stays on it.

    Raises ``NotAMember``, and ``LastOwner`` for the last owner who is here.
    """
    take_turns_with_roles()
    member = locked_member(person)
    if member is None or member.left_at is not None:
        raise NotAMember
    if member.paused_at is None:
        require_another_owner(member)
        member.paused_at = at
        member.save(update_fields=["paused_at"])
        note(MemberPaused(member_id=member.pk, person_id=person.pk, at=at))
    return member


@transaction.atomic
def end_pause(*, person: Person, at: datetime) -> Member:
    """Have somebody be here again who was on a pause, just as they were."""
    member = locked_member(person)
    if member is None or member.left_at is not None:
        raise NotAMember
    if member.paused_at is not None:
        member.paused_at = None
        member.save(update_fields=["paused_at"])
        note(MemberUnpaused(member_id=member.pk, at=at))
    return member


def tell_suspended(made: Suspension, person: Person, *, at: datetime) -> None:
    """Tell somebody that they are suspended; who has no address reads it in their account."""
    if person.email:
        account = settings.PORCH_URL + reverse("own-removal")
        letter = Letter(
            TEMPLATE, {"reason": made.reason, "until": made.until, "contact": contact(), "account": account}
        )
        send(letter, to=person.email, grounds=Transactional(Reason.REMOVAL_NOTICE), at=at)
