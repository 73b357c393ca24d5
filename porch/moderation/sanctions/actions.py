"""The verbs of sanctions: warn, silence, suspend or remove a member, and lift it. Each counts as a strike (C10)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.away.actions import NotSuspended, end_suspension, suspend_member
from porch.community.away.models import Suspension
from porch.community.membership.models import Member
from porch.community.removal.actions import RemovalIsOver, lift_removal, remove_member, require_end, there
from porch.community.removal.models import Removal
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.community.removal.rules import NotAgainstOneself, require_power_over
from porch.community.roles.limits import take_turns_with_roles
from porch.community.roles.rules import require
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.kit.text import clean_line
from porch.moderation.acts import LIFTED, SILENCED, STRUCK, WARNED
from porch.moderation.facts import MemberSanctioned, SanctionLifted
from porch.moderation.letters import tell
from porch.moderation.log.actions import tell_all
from porch.moderation.log.models import What
from porch.moderation.sanctions.models import STRIKE_LASTS, Sanction, Strike
from porch.moderation.why import MOST_WORDS, Why
from porch.people.delivery.contact import contact
from porch.people.identity.models import Person

ACTS = {Sanction.WARNING: WARNED, Sanction.SILENCE: SILENCED}


class NoSuchSanction(BadInput):
    text = _("Choose what is to happen, why, and for how long.")
    hint = _("A silence and a suspension have an end.")


class NobodyIsWrittenTo(BadInput):
    text = _("There is no address that somebody who is removed could write to.")
    hint = _("Add one to your account, or have the operator set an address for questions.")


class IsLifted(Conflict):
    text = _("This is lifted already.")
    hint = _("Nothing was changed.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What is to happen to a member: of which kind, why, what they are told, and until when."""

    kind: str
    why: str
    message: str
    until: datetime | None = None


@transaction.atomic
def strike(*, person: Person, sentence: Sentence, by: Person, at: datetime) -> Strike:
    """Warn, silence, suspend or remove a member, and tell them why.

    Raises what ``require_power_over`` does, ``NoSuchSanction``, ``NotFound`` and what is wrong with the words.
    """
    message = clean_line(sentence.message, most=MOST_WORDS, name=_("message"))
    require_sense(sentence, at)
    member = Member.objects.filter(person=person).select_related("person").first()
    if member is None:
        raise NotFound
    numbers = keep_out(member, sentence, message, by=by, at=at)
    made = Strike.objects.create(
        person=person,
        kind=sentence.kind,
        why=sentence.why,
        message=message,
        at=at,
        until=None if sentence.kind == Sanction.WARNING else sentence.until,
        expires_at=at + STRIKE_LASTS,
        by=by,
        **numbers,
    )
    act = ACTS.get(Sanction(sentence.kind), STRUCK)
    record(act, by_id=by.pk, about_id=person.pk, at=at, reason=message[:500], strike_id=made.pk)
    note(MemberSanctioned(person_id=person.pk, strike_id=made.pk, at=at))
    tell_all(What(sentence.kind), at=at, why=sentence.why)
    if act is not STRUCK:
        tell_struck(made, person, at=at)
    return made


def require_sense(sentence: Sentence, at: datetime) -> None:
    """Refuse what is no sanction, or has no end where it wants one."""
    if sentence.kind not in Sanction.values or sentence.why not in Why.values:
        raise NoSuchSanction
    if sentence.until is None and sentence.kind in (Sanction.SILENCE, Sanction.SUSPENSION):
        raise NoSuchSanction
    require_end(sentence.until, at)


def keep_out(member: Member, sentence: Sentence, message: str, *, by: Person, at: datetime) -> dict[str, int]:
    """Have the community keep a member out where that is wanted, and give the number of its row."""
    if sentence.kind == Sanction.SUSPENSION and sentence.until is not None:
        row = suspend_member(member=member, until=sentence.until, reason=message, by=by, at=at)
        return {"suspension_number": row.pk}
    if sentence.kind == Sanction.REMOVAL:
        removal = remove_member(
            member=member,
            by=by,
            reason=str(Why(sentence.why).label),
            message=message,
            appeal_to=where_to_appeal(by),
            expires_at=sentence.until,
            at=at,
        )
        return {"removal_number": removal.pk}
    take_turns_with_roles()
    member = there(member)
    if member.left_at is not None:
        raise NotFound
    require_power_over(by=by, member=member)
    return {}


def where_to_appeal(by: Person) -> str:
    """Give the address that somebody who is removed can write to as well. Raises ``NobodyIsWrittenTo``."""
    address = contact() or by.email
    if not address:
        raise NobodyIsWrittenTo
    return address


@transaction.atomic
def lift(*, strike_id: int, by: Person, at: datetime) -> Strike:
    """Lift a sanction: it no longer counts, and what it kept somebody from is theirs again.

    Raises ``NotFound``, ``NeedsRight``, ``NotAgainstOneself`` and ``IsLifted``.
    """
    take_turns_with_roles()
    found = Strike.objects.select_for_update(of=("self",)).filter(pk=strike_id).first()
    if found is None:
        raise NotFound
    require(by.pk, REMOVE_MEMBERS)
    if found.person_id == by.pk:
        raise NotAgainstOneself
    if found.lifted_at is not None:
        raise IsLifted
    let_in_again(found, by=by, at=at)
    found.lifted_at, found.lifted_by = at, by
    found.save(update_fields=["lifted_at", "lifted_by"])
    record(LIFTED, by_id=by.pk, about_id=found.person_id, at=at, strike_id=found.pk)
    note(SanctionLifted(strike_id=found.pk, at=at))
    return found


def let_in_again(found: Strike, *, by: Person, at: datetime) -> None:
    """End the suspension or removal that a sanction made, where it still holds and no other took its place."""
    member = Member.objects.filter(person=found.person_id).select_related("person").first()
    running = Suspension.objects.filter(pk=found.suspension_number or 0, ended_at__isnull=True, until__gt=at)
    if member is not None and running.exists():
        try:
            end_suspension(member=member, by=by, at=at)
        except NotSuspended:
            return
    removal = Removal.objects.filter(pk=found.removal_number or 0).first()
    if removal is not None:
        try:
            lift_removal(removal=removal, by=by, at=at)
        except RemovalIsOver:
            return


def tell_struck(made: Strike, person: Person, *, at: datetime) -> None:
    """Tell somebody that they were warned or silenced."""
    is_warning = made.kind == Sanction.WARNING
    tell(
        person,
        head=_("You were warned") if is_warning else _("You are silenced for a while"),
        text=_("Nothing else changes. It counts as a strike for 180 days.")
        if is_warning
        else _(
            "You read everything, and cannot write until the time below. It counts as a strike for 180 days."
        ),
        reason=made.message,
        until=made.until,
        label=_("Read it, or appeal"),
        page="own-sanctions",
        at=at,
    )
