"""Payments per member, exactly: by currency, refunds taken off, and not measurable where none was ever recorded."""

from datetime import date
from decimal import Decimal

from porch.community.membership.models import Member
from porch.community.payments.actions import Received, record_payment, take_back
from porch.community.payments.figures import payments_per_member
from porch.community.payments.models import Payment
from tests.community.tiers.gold import TODAY, Gilded
from tests.village import NOON

FROM, UNTIL = date(2026, 3, 1), date(2026, 4, 1)


def pay(gilded: Gilded, amount: int, day: date = TODAY, currency: str = "USD") -> Payment:
    received = Received(amount=amount, currency=currency, received_on=day)
    return record_payment(member=gilded.ben, received=received, by=gilded.sol, at=NOON)


def test_where_nothing_was_ever_recorded_it_is_not_measurable(gilded: Gilded) -> None:
    found = payments_per_member(Member.objects.present(), FROM, UNTIL)
    assert (found.is_measurable, found.figures, found.members) == (False, (), 3)


def test_nobody_pays_nothing_rather_than_dividing_by_them(gilded: Gilded) -> None:
    pay(gilded, 100)
    assert not payments_per_member(Member.objects.none(), FROM, UNTIL).is_measurable


def test_sums_are_exact_and_by_currency(gilded: Gilded) -> None:
    pay(gilded, 1000)
    pay(gilded, -250)
    pay(gilded, 5000, currency="JPY")
    take_back(payment=pay(gilded, 9999), by=gilded.sol, at=NOON)
    found = payments_per_member(Member.objects.present(), FROM, UNTIL)
    yen, dollars = found.figures
    assert (dollars.total, dollars.payers, dollars.per_member) == (750, 1, Decimal("2.5"))
    assert (yen.currency, yen.total, yen.per_member) == ("JPY", 5000, Decimal(5000) / 3)


def test_the_first_day_counts_and_the_last_does_not(gilded: Gilded) -> None:
    for day in (date(2026, 2, 28), FROM):
        pay(gilded, 100, day)
    Payment.objects.create(member=gilded.ben, amount=100, currency="USD", received_on=UNTIL, recorded_at=NOON)
    (found,) = payments_per_member(Member.objects.present(), FROM, UNTIL).figures
    assert found.total == 100


def test_others_than_the_set_do_not_count(gilded: Gilded) -> None:
    pay(gilded, 100)
    others = Member.objects.present().exclude(pk=gilded.ben.pk).order_by("-joined_at")
    found = payments_per_member(others, FROM, UNTIL)
    assert (found.is_measurable, found.figures) == (True, ())
