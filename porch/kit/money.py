"""Amounts of money: whole numbers of the smallest unit of a currency, read strictly and written as readers expect."""

import re
from decimal import Decimal
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.numbers import format_currency, get_currency_precision, list_currencies
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import BadInput

# Beyond any price; far within the whole numbers that databases add up exactly.
MOST = 10**13
AMOUNT = re.compile(r"([+-]?)([0-9]{1,14})(?:([.,])([0-9]{1,4}))?")
# Codes of ISO 4217 for no currency at all, and for tests.
NO_MONEY = {"XXX", "XTS"}


class NotACurrency(BadInput):
    text = _("That is not a currency.")
    hint = _("Write its three letters (ISO 4217), such as EUR or USD.")


class NotAnAmount(BadInput):
    text = _("That is not an amount of money.")
    hint = _("Write it as 1234.50, without a sign for the currency.")


class AmountIsAmbiguous(BadInput):
    text = _("This amount can be read in two ways.")
    hint = _("Write 1234.50: no separators between thousands, and as many decimals as the currency has.")


class AmountIsTooFine(BadInput):
    text = _("This amount is finer than the currency: it has %(digits)s decimals.")
    hint = _("Round it as it was paid.")


class AmountIsTooLarge(BadInput):
    text = _("This amount is larger than can be kept.")
    hint = _("See whether the decimal point is where it belongs.")


def clean_currency(code: str) -> str:
    """Give a currency as its three letters. Raises ``NotACurrency``."""
    clean = code.strip().upper()
    if clean not in currencies():
        raise NotACurrency
    return clean


def parse_amount(text: str, currency: str) -> int:
    """Read an amount in the smallest unit of a currency; the decimal sign is a point or a comma.

    What could be meant in two ways is refused, not guessed: two separators, or three digits after the one there is.
    """
    line = text.strip()
    digits = minor_digits(currency)
    if re.search(r"[0-9][.,'\u2019 \u00a0\u202f][0-9]+[.,'\u2019 \u00a0\u202f][0-9]", line):
        raise AmountIsAmbiguous
    found = AMOUNT.fullmatch(line)
    if found is None:
        raise NotAnAmount
    sign, whole, separator, decimals = found.groups(default="")
    if len(decimals) == 3 and (digits != 3 or separator == ","):
        raise AmountIsAmbiguous
    if len(decimals) > digits:
        raise AmountIsTooFine(digits=digits)
    amount = int(whole + decimals.ljust(digits, "0"))
    if amount > MOST:
        raise AmountIsTooLarge
    return -amount if sign == "-" else amount


def plain_amount(amount: int, currency: str) -> str:
    """Write an amount as ``parse_amount`` reads it: a point, all decimals, nothing else."""
    return f"{as_decimal(amount, currency):f}"


def in_words(amount: int | Decimal, currency: str, language: str | None = None) -> str:
    """Write an amount as readers of a language do, that of the moment if none is named; a Decimal is in whole units."""
    units = amount if isinstance(amount, Decimal) else as_decimal(amount, currency)
    return str(format_currency(units, currency, locale=locale_of(language or get_language() or "en")))


def as_decimal(amount: int, currency: str) -> Decimal:
    """Turn an amount in the smallest unit into one of whole units, exactly."""
    return Decimal(amount).scaleb(-minor_digits(currency))


@lru_cache(maxsize=400)
def minor_digits(currency: str) -> int:
    """Say how many decimals a currency has: 2 for euros, 0 for yen, 3 for dinars."""
    return int(get_currency_precision(currency))


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """Give the code of every currency that there is or was."""
    return frozenset(list_currencies()) - NO_MONEY


@lru_cache(maxsize=200)
def locale_of(language: str) -> Locale:
    """Find what is customary in a language; English where nobody has written that down."""
    try:
        return Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")
