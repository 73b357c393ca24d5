"""Files out: who has which tier, and every payment, in the columns that come in too."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from porch.community.bookkeeping.acts import PAYMENTS_TAKEN, TIERS_TAKEN
from porch.community.payments.models import Payment
from porch.community.roles.rules import require
from porch.community.tiers.days import state_of
from porch.community.tiers.models import MemberTier
from porch.community.tiers.rights import MANAGE_TIERS
from porch.engine.audit.recording import record
from porch.kit.days import day_of
from porch.kit.money import plain_amount
from porch.kit.spreadsheet import MARK, write_row
from porch.people.identity.models import Person

CHUNK = 500
TIERS = ("address", "name", "tier", "renews_on", "since", "state", "price", "currency", "period")
PAYMENTS = (
    "address",
    "amount",
    "currency",
    "received_on",
    "reference",
    "name",
    "note",
    "number",
    "takes_back",
)


@transaction.atomic
def take_tiers(*, by: Person, at: datetime) -> Iterator[str]:
    """Give who has which tier as a file, line by line."""
    require(by.pk, MANAGE_TIERS)
    record(TIERS_TAKEN, by_id=by.pk, at=at)
    return tier_lines(day_of(at))


@transaction.atomic
def take_payments(*, by: Person, at: datetime) -> Iterator[str]:
    """Give every payment as a file, line by line."""
    require(by.pk, MANAGE_TIERS)
    record(PAYMENTS_TAKEN, by_id=by.pk, at=at)
    return payment_lines()


def tier_lines(day: date) -> Iterator[str]:
    """Write who has which tier."""
    yield MARK + write_row(TIERS)
    for row in in_chunks(MemberTier.objects.standing().select_related("tier", "member__person")):
        person, tier = row.member.person, row.tier
        price = plain_amount(tier.price, tier.currency)
        state = state_of(row.renews_on, row.lapses_on, day).value
        cells = (person.email or "", person.name, tier.name, row.renews_on or "", row.since, state, price)
        yield write_row((*cells, tier.currency, tier.period))


def payment_lines() -> Iterator[str]:
    """Write every payment; those of whom is gone have no address."""
    yield MARK + write_row(PAYMENTS)
    for row in in_chunks(Payment.objects.select_related("member__person")):
        person = row.member.person if row.member else None
        amount = plain_amount(row.amount, row.currency)
        cells = ((person.email or "") if person else "", amount, row.currency, row.received_on, row.reference)
        yield write_row((*cells, person.name if person else "", row.note, row.pk, row.counters_id or ""))


def in_chunks(found: "QuerySet[Any]") -> Iterator[Any]:
    """Read rows in the order of their numbers, some at a time."""
    last = 0
    while chunk := list(found.filter(pk__gt=last).order_by("pk")[:CHUNK]):
        yield from chunk
        last = chunk[-1].pk
