"""The verbs of payments: record one, take one back, put one right. Nothing is deleted."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.community.payments.acts import RECORDED, TAKEN_BACK
from porch.community.payments.facts import PaymentCountered, PaymentRecorded
from porch.community.payments.models import Payment
from porch.community.roles.rules import require
from porch.community.tiers.holding import held_by, put_back, renew
from porch.community.tiers.models import MemberTier
from porch.community.tiers.opening import take_turn
from porch.community.tiers.rights import MANAGE_TIERS
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.days import day_of
from porch.kit.money import MOST, AmountIsTooLarge, clean_currency
from porch.kit.refusals import BadInput, Conflict, NotFound
from porch.kit.text import clean_line
from porch.people.identity.models import Person

MOST_REFERENCE, MOST_NOTE = 80, 300
# A day ahead, for whoever is east of the community.
AHEAD = timedelta(days=1)


class AmountIsNothing(BadInput):
    text = _("A payment of nothing is none.")
    hint = _("Write what was received, or a refund with a minus before it.")


class NotYetReceived(BadInput):
    text = _("This day is still to come.")
    hint = _("Record a payment once it has been received.")


class IsRecordedAlready(Conflict):
    text = _("A payment with this reference is recorded already.")
    hint = _("See whether it is the same one. If it is wrong, correct it there.")


class RenewedMeanwhile(Conflict):
    text = _("This renewal has been recorded meanwhile.")
    hint = _("Look at it as it is now; record another payment only if there was one.")


class IsTakenBack(Conflict):
    text = _("This payment has been taken back already, or takes another one back.")
    hint = _("Record a new one if that was wrong.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What was received: ``amount`` in the smallest unit of ``currency``, below 0 for what was given back."""

    amount: int
    currency: str
    received_on: date
    reference: str = ""
    note: str = ""


@transaction.atomic
def record_payment(
    *,
    member: Member,
    received: Received,
    by: Person,
    at: datetime,
    renews: bool = False,
    renews_from: date | None = None,
    key: str | None = None,
) -> Payment:
    """Record what a member paid; ``renews`` moves their renewal date on by one period.

    With ``renews_from`` it is refused where the date has moved meanwhile. The same ``key`` records it once.
    """
    require(by.pk, MANAGE_TIERS)
    held = held_by(member)
    take_turn([held.tier_id if held else None])
    done = Payment.objects.filter(key=key).first() if key else None
    if done is not None:
        return done
    held = held_by(member)
    if renews_from is not None and (held is None or held.renews_on != renews_from):
        raise RenewedMeanwhile
    return enter(member=member, received=received, by=by, at=at, renews=held if renews else None, key=key)


def enter(
    *,
    member: Member,
    received: Received,
    by: Person,
    at: datetime,
    renews: MemberTier | None = None,
    key: str | None = None,
) -> Payment:
    """Do the same once the right was asked for and the turn taken, for the tier that it renews."""
    received = checked(received, at=at)
    row = Payment(member=member, recorded_at=at, recorded_by=member_of(by), key=key, **columns_of(received))
    if renews is not None and (moved := renew(renews, received_on=received.received_on, at=at)):
        row.member_tier = renews
        row.renewed_from, row.renewed_to = moved
    row.save(force_insert=True)
    record(RECORDED, by_id=by.pk, about_id=member.person_id, at=at, payment_id=row.pk)
    note(PaymentRecorded(payment_id=row.pk, member_id=member.pk, at=at))
    return row


@transaction.atomic
def take_back(*, payment: Payment, by: Person, at: datetime, reason: str = "") -> Payment:
    """Enter a counter-entry against a payment that was wrong, and give it. The renewal date that it moved goes back."""
    require(by.pk, MANAGE_TIERS)
    take_turn([tier_moved_by(payment)])
    payment = standing_payment(payment.pk)
    held, back = payment.member_tier, payment.renewed_from
    if held and back and held.ended_at is None and held.renews_on == payment.renewed_to:
        put_back(held, back, at=at)
    return counter(payment, by=by, at=at, reason=reason)


@transaction.atomic
def correct(*, payment: Payment, received: Received, by: Person, at: datetime, reason: str = "") -> Payment:
    """Put a payment right: a counter-entry against it, and a new one in its place. The renewal date stays."""
    require(by.pk, MANAGE_TIERS)
    take_turn([])
    payment = standing_payment(payment.pk)
    if payment.member is None:
        raise NotFound
    counter(payment, by=by, at=at, reason=reason)
    anew = enter(member=payment.member, received=received, by=by, at=at)
    anew.member_tier = payment.member_tier
    anew.renewed_from, anew.renewed_to = payment.renewed_from, payment.renewed_to
    anew.save(update_fields=["member_tier", "renewed_from", "renewed_to"])
    return anew


def counter(payment: Payment, *, by: Person, at: datetime, reason: str) -> Payment:
    """Enter the opposite of a payment, on its own day."""
    payment.taken_back_at = at
    payment.save(update_fields=["taken_back_at"])
    row = Payment.objects.create(
        member=payment.member,
        amount=-payment.amount,
        currency=payment.currency,
        received_on=payment.received_on,
        note=clean_line(reason, most=MOST_NOTE, name=_("reason")) if reason.strip() else "",
        recorded_at=at,
        recorded_by=member_of(by),
        counters=payment,
    )
    about = payment.member.person_id if payment.member else None
    record(TAKEN_BACK, by_id=by.pk, about_id=about, at=at, reason=reason, payment_id=payment.pk)
    note(PaymentCountered(payment_id=payment.pk, at=at))
    return row


def standing_payment(pk: int) -> Payment:
    """Find a payment that nothing stands against. Raises ``NotFound`` and ``IsTakenBack``."""
    row = Payment.objects.select_related("member__person", "member_tier__tier", "member_tier__member__person")
    payment = row.filter(pk=pk).first()
    if payment is None:
        raise NotFound
    if payment.taken_back_at is not None or payment.counters_id is not None:
        raise IsTakenBack
    return payment


def checked(received: Received, *, at: datetime) -> Received:
    """Look through what was received. Raises what is wrong with it."""
    if received.amount == 0:
        raise AmountIsNothing
    if abs(received.amount) > MOST:
        raise AmountIsTooLarge
    if received.received_on > day_of(at) + AHEAD:
        raise NotYetReceived
    clean = replace(
        received,
        currency=clean_currency(received.currency),
        reference=clean_or_empty(received.reference, MOST_REFERENCE, _("reference")),
        note=clean_or_empty(received.note, MOST_NOTE, _("note")),
    )
    standing = Payment.objects.filter(reference=clean.reference, counters=None, taken_back_at=None)
    if clean.reference and standing.exists():
        raise IsRecordedAlready
    return clean


def clean_or_empty(text: str, most: int, name: object) -> str:
    """Clean a line that may be left out."""
    return clean_line(text, most=most, name=str(name)) if text.strip() else ""


def columns_of(received: Received) -> dict[str, object]:
    """Give what was received as columns."""
    return {name: getattr(received, name) for name in Received.__slots__}


def member_of(person: Person) -> Member | None:
    """Find the member that a person is."""
    return Member.objects.filter(person=person).first()


def tier_moved_by(payment: Payment) -> int | None:
    """Tell which tier's renewal date a payment moved."""
    moved = MemberTier.objects.filter(pk__in=[payment.member_tier_id or 0])
    return moved.values_list("tier_id", flat=True).first()
