from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from porch.community.tiers.actions import (
    GraceDoesNotFit,
    PeriodStays,
    PriceDoesNotFit,
    TierNameIsTaken,
    TierTerms,
    WholeIsOpenToAll,
)
from porch.community.tiers.days import DateIsFarOff, NotADate
from porch.community.tiers.holding import OnceNeverRenews, TierIsRetired
from porch.community.tiers.models import Tier
from porch.kit.money import (
    AmountIsAmbiguous,
    AmountIsTooFine,
    AmountIsTooLarge,
    NotACurrency,
    NotAnAmount,
    clean_currency,
    parse_amount,
    plain_amount,
)
from porch.kit.refusals import Refusal
from porch.kit.text import read_number

NAMES = ("name", "opens", "price", "currency", "period", "grace_days", "position")
AMOUNTS = (NotAnAmount, AmountIsAmbiguous, AmountIsTooFine, AmountIsTooLarge)
# Beside which field of a form a refusal is told; the others stand above the form.
FIELDS: Mapping[type[Refusal], str] = {
    TierNameIsTaken: "name",
    PriceDoesNotFit: "price",
    **dict.fromkeys(AMOUNTS, "price"),
    NotACurrency: "currency",
    PeriodStays: "period",
    GraceDoesNotFit: "grace_days",
    WholeIsOpenToAll: "circles",
    NotADate: "renews_on",
    DateIsFarOff: "renews_on",
    OnceNeverRenews: "renews_on",
    TierIsRetired: "tier",
}


@dataclass(frozen=True, slots=True)
class Given:
    """What stands in the form of a tier, as it was typed."""

    texts: dict[str, str]
    circles: tuple[str, ...] = ()


def given_in(form: QueryDict) -> Given:
    """Read the fields as they were typed."""
    return Given({name: form.get(name, "") for name in NAMES}, tuple(form.getlist("circle")))


def given_of(tier: Tier) -> Given:
    """Write a tier into the fields."""
    texts = {name: str(getattr(tier, name)) for name in NAMES}
    texts["price"] = plain_amount(tier.price, tier.currency)
    return Given(texts, tuple(str(each) for each in tier.circles.values_list("circle_id", flat=True)))


def read_terms(given: Given) -> TierTerms:
    """Read what a tier is to be. Raises the refusals of its fields."""
    texts = given.texts
    currency = clean_currency(texts["currency"])
    return TierTerms(
        name=texts["name"],
        opens=texts["opens"],
        price=parse_amount(texts["price"], currency),
        currency=currency,
        period=texts["period"],
        grace_days=whole_number(texts["grace_days"], otherwise=-1),
        position=whole_number(texts["position"], otherwise=0),
        circles=[whole_number(each, otherwise=0) for each in given.circles],
    )


def whole_number(text: str, *, otherwise: int) -> int:
    """Read a number that is not below nothing and not beyond reason."""
    number = read_number(text, most_digits=9)
    return otherwise if number is None else number


def field_at(refusal: Refusal | None) -> str:
    """Name the field that a refusal is about, or nothing."""
    return FIELDS.get(type(refusal), "") if refusal else ""
