"""Amounts are whole numbers of the smallest unit; what can be meant in two ways is refused."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.kit import money
from porch.kit.money import (
    AmountIsAmbiguous,
    AmountIsTooFine,
    AmountIsTooLarge,
    NotACurrency,
    NotAnAmount,
    clean_currency,
    currencies,
    in_words,
    minor_digits,
    parse_amount,
    plain_amount,
)

# Rows hold amounts in the smallest unit: were a later Babel to count other decimals, they would mean something else.
DIGITS = "2e4d669f2afb06da"


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("299", "USD", 29900),
        ("299.00", "USD", 29900),
        ("299,5", "EUR", 29950),
        (" -25.00 ", "USD", -2500),
        ("+0.01", "EUR", 1),
        ("5000", "JPY", 5000),
        ("1.234", "BHD", 1234),
        ("12,5", "BHD", 12500),
    ],
)
def test_an_amount_is_read_exactly(text: str, currency: str, amount: int) -> None:
    assert parse_amount(text, currency) == amount


@pytest.mark.parametrize(
    ("text", "currency"),
    [("1,234.50", "USD"), ("1.234,50", "EUR"), ("1,234", "USD"), ("1.234", "EUR"), ("1,234", "BHD"),
     ("1.234", "JPY"), ("1 234,50", "EUR"), ("1'234.50", "CHF"), ("1,234,567", "USD"), ("12.50.00", "EUR")],
)  # fmt: skip
def test_what_can_be_read_in_two_ways_is_refused(text: str, currency: str) -> None:
    with pytest.raises(AmountIsAmbiguous):
        parse_amount(text, currency)


@pytest.mark.parametrize(
    "text", ["", "-", ".", "5.", ".5", "$5", "5 EUR", "1e3", "٣", "--5", "NaN", "inf", "=1+1"]
)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        parse_amount(text, "EUR")


def test_an_amount_is_no_finer_than_its_currency_and_has_an_end() -> None:
    with pytest.raises(AmountIsTooFine, match="2 decimals"):
        parse_amount("1.2345", "EUR")
    with pytest.raises(AmountIsTooFine):
        parse_amount("1.5", "JPY")
    with pytest.raises(AmountIsTooLarge):
        parse_amount("9999999999999", "EUR")


@given(st.integers(-money.MOST, money.MOST), st.sampled_from(["EUR", "JPY", "USD", "CHF"]))
def test_what_is_written_is_read_as_the_same(amount: int, currency: str) -> None:
    assert parse_amount(plain_amount(amount, currency), currency) == amount


def test_a_currency_is_known_by_its_letters() -> None:
    assert clean_currency(" eur ") == "EUR"
    for code in ("", "EURO", "XXX", "€", "ZZZ"):
        with pytest.raises(NotACurrency):
            clean_currency(code)


def test_amounts_are_written_as_readers_expect() -> None:
    assert in_words(29900, "USD", "en") == "$299.00"
    assert in_words(-123450, "EUR", "de").replace("\xa0", " ") == "-1.234,50 €"
    assert in_words(500, "JPY", "en") == "¥500"
    assert in_words(100, "EUR", "tlh") == "€1.00"


def test_no_currency_has_got_other_decimals() -> None:
    counted = ",".join(f"{each}{minor_digits(each)}" for each in sorted(currencies()))
    assert hashlib.sha256(counted.encode()).hexdigest()[: len(DIGITS)] == DIGITS
