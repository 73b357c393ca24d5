from datetime import date

from django.http import QueryDict

from porch.community.payments.actions import AmountIsNothing, IsRecordedAlready, NotYetReceived, Received
from porch.community.payments.models import Payment
from porch.community.tiers.days import DateIsFarOff, NotADate, read_day
from porch.community.tiers.forms import AMOUNTS
from porch.community.tiers.models import MemberTier
from porch.kit.money import NotACurrency, clean_currency, parse_amount, plain_amount
from porch.kit.refusals import Refusal

NAMES = ("amount", "currency", "received_on", "reference", "note")
FIELDS: dict[type[Refusal], str] = {
    **dict.fromkeys((*AMOUNTS, AmountIsNothing), "amount"),
    NotACurrency: "currency",
    **dict.fromkeys((NotADate, DateIsFarOff, NotYetReceived), "received_on"),
    IsRecordedAlready: "reference",
}


def given_in(form: QueryDict) -> dict[str, str]:
    """Read the fields of a payment as they were typed."""
    return {name: form.get(name, "") for name in NAMES}


def given_of(payment: Payment) -> dict[str, str]:
    """Write a payment into the fields."""
    given = {name: str(getattr(payment, name)) for name in NAMES}
    return {**given, "amount": plain_amount(payment.amount, payment.currency)}


def given_for(held: MemberTier | None, day: date) -> dict[str, str]:
    """Write into the fields what a member most likely pays: the price of their tier, today."""
    given = dict.fromkeys(NAMES, "") | {"received_on": day.isoformat()}
    if held is not None:
        price = plain_amount(held.tier.price, held.tier.currency) if held.tier.price else ""
        given |= {"amount": price, "currency": held.tier.currency}
    return given


def read_received(given: dict[str, str], day: date) -> Received:
    """Read what was received. Raises the refusals of its fields."""
    currency = clean_currency(given["currency"])
    return Received(
        amount=parse_amount(given["amount"], currency),
        currency=currency,
        received_on=read_day(given["received_on"], around=day),
        reference=given["reference"],
        note=given["note"],
    )


def field_at(refusal: Refusal | None) -> str:
    """Name the field that a refusal is about, or nothing."""
    return FIELDS.get(type(refusal), "") if refusal else ""
