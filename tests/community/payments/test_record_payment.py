"""Payments are recorded by hand, may renew a tier, and are put right by counter-entries: nothing is deleted."""

from datetime import date, timedelta
from typing import Any

import pytest

from porch.community.membership.models import Member
from porch.community.payments.actions import (
    AmountIsNothing,
    IsRecordedAlready,
    IsTakenBack,
    NotYetReceived,
    Received,
    RenewedMeanwhile,
    correct,
    record_payment,
    take_back,
)
from porch.community.payments.models import Payment
from porch.community.roles.rules import NeedsRight
from porch.community.tiers.actions import make_tier
from porch.community.tiers.holding import set_tier
from porch.community.tiers.lapsing import attend_renewals
from porch.engine.audit.models import AuditEntry
from porch.engine.models import Delivery
from porch.kit.money import AmountIsTooLarge, NotACurrency
from porch.kit.refusals import NotFound
from porch.people.erasure.actions import erase_person
from tests.community.tiers.gold import DUE, GRACE, TODAY, Gilded, noon_of, terms
from tests.village import NOON


def received(**changes: Any) -> Received:
    return Received(**{"amount": 2500, "currency": "USD", "received_on": TODAY, **changes})


def pay(gilded: Gilded, **more: Any) -> Payment:
    given = {"member": gilded.ben, "received": received(), "by": gilded.sol, "at": NOON, **more}
    return record_payment(**given)


@pytest.fixture
def held(gilded: Gilded) -> Gilded:
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=gilded.sol, at=NOON)
    return gilded


def test_a_payment_is_recorded_and_renews_when_it_is_to(held: Gilded) -> None:
    pay(held)
    assert held.held().renews_on == DUE
    row = pay(held, renews=True)
    assert held.held().renews_on == date(2026, 4, 20)
    assert (row.renewed_from, row.renewed_to, row.member_tier) == (DUE, date(2026, 4, 20), held.held())
    entry = AuditEntry.objects.filter(act="payment-recorded").first()
    assert entry is not None
    assert (entry.by_id, entry.about_id) == (held.sol.pk, held.ben.person_id)


def test_the_day_of_the_month_outlives_a_short_one(gilded: Gilded) -> None:
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=date(2027, 1, 31), by=gilded.sol, at=NOON)
    days = [pay(gilded, renews=True).renewed_to for _ in range(3)]
    assert days == [date(2027, 2, 28), date(2027, 3, 31), date(2027, 4, 30)]


def test_within_grace_it_goes_on_from_its_date_and_on_the_day_after_it_begins_anew(held: Gilded) -> None:
    last = DUE + timedelta(GRACE - 1)
    row = pay(held, renews=True, received=received(received_on=last), at=noon_of(last))
    assert row.renewed_to == date(2026, 4, 20)
    take_back(payment=row, by=held.sol, at=noon_of(last))
    lapse = last + timedelta(1)
    row = pay(held, renews=True, received=received(received_on=lapse), at=noon_of(lapse))
    assert row.renewed_to == date(2026, 5, 3)


def test_what_was_received_in_time_counts_as_such_when_it_is_recorded_late(held: Gilded) -> None:
    late = DUE + timedelta(GRACE + 5)
    attend_renewals(at=noon_of(late))
    assert not held.is_in()
    row = pay(held, renews=True, received=received(received_on=DUE), at=noon_of(late))
    assert (row.renewed_to, held.is_in()) == (date(2026, 4, 20), True)


def test_a_lapsed_tier_opens_again_when_it_is_paid(held: Gilded) -> None:
    late = DUE + timedelta(100)
    attend_renewals(at=noon_of(late))
    pay(held, renews=True, received=received(received_on=late), at=noon_of(late))
    assert (held.is_in(), held.held().lapsed_at) == (True, None)
    assert Delivery.objects.count() == 1, "the letter of the lapse, and none more"


def test_what_is_paid_once_renews_nothing(gilded: Gilded) -> None:
    for_life = make_tier(terms=terms(name="For life", period="once"), by=gilded.sol, at=NOON)
    set_tier(member=gilded.ben, tier=for_life, by=gilded.sol, at=NOON)
    assert pay(gilded, renews=True).renewed_to is None


def test_a_renewal_pressed_twice_is_recorded_once(held: Gilded) -> None:
    pay(held, renews=True, renews_from=DUE, key="a")
    assert pay(held, renews=True, renews_from=DUE, key="a").pk
    assert Payment.objects.count() == 1
    with pytest.raises(RenewedMeanwhile):
        pay(held, renews=True, renews_from=DUE, key="b")
    assert Payment.objects.count() == 1


def test_a_reference_is_recorded_once(held: Gilded) -> None:
    row = pay(held, received=received(reference="R-1"))
    with pytest.raises(IsRecordedAlready):
        pay(held, received=received(reference=" R-1 "))
    take_back(payment=row, by=held.sol, at=NOON)
    pay(held, received=received(reference="R-1"))


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"amount": 0}, AmountIsNothing),
        ({"amount": 10**13 + 1}, AmountIsTooLarge),
        ({"amount": -(10**13) - 1}, AmountIsTooLarge),
        ({"currency": "ZZZ"}, NotACurrency),
        ({"received_on": TODAY + timedelta(2)}, NotYetReceived),
    ],
)
def test_what_does_not_fit_is_refused(
    held: Gilded, changes: dict[str, Any], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        pay(held, received=received(**changes))
    assert not Payment.objects.exists()


def test_a_wrong_one_is_countered_on_its_own_day_and_the_renewal_goes_back(held: Gilded) -> None:
    row = pay(held, renews=True)
    later = noon_of(TODAY + timedelta(9))
    against = take_back(payment=row, by=held.sol, at=later, reason="Not his.")
    assert (against.amount, against.received_on, against.recorded_at) == (-2500, TODAY, later)
    assert held.held().renews_on == DUE
    for each in (row, against):
        with pytest.raises(IsTakenBack):
            take_back(payment=each, by=held.sol, at=later)
    assert Payment.objects.count() == 2


def test_taking_back_closes_what_the_payment_had_opened(held: Gilded) -> None:
    late = DUE + timedelta(100)
    attend_renewals(at=noon_of(late))
    row = pay(held, renews=True, received=received(received_on=late), at=noon_of(late))
    take_back(payment=row, by=held.sol, at=noon_of(late))
    assert (held.is_in(), held.held().lapsed_at) == (False, noon_of(late))


def test_a_date_that_was_moved_since_stays_when_a_payment_is_taken_back(held: Gilded) -> None:
    row = pay(held, renews=True)
    set_tier(member=held.ben, tier=held.gold, renews_on=date(2026, 9, 1), by=held.sol, at=NOON)
    take_back(payment=row, by=held.sol, at=NOON)
    assert held.held().renews_on == date(2026, 9, 1)


def test_one_put_right_is_there_thrice_and_sums_to_what_is_right(held: Gilded) -> None:
    row = pay(held, renews=True, received=received(amount=2000, reference="R-1"))
    anew = correct(payment=row, received=received(reference="R-1"), by=held.sol, at=NOON)
    assert sum(Payment.objects.values_list("amount", flat=True)) == 2500
    assert (Payment.objects.count(), held.held().renews_on) == (3, date(2026, 4, 20))
    take_back(payment=anew, by=held.sol, at=NOON)
    assert held.held().renews_on == DUE, "the new one moved the date now"


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_only_who_has_the_right_records_and_takes_back(held: Gilded, who: str) -> None:
    row = pay(held)
    by = getattr(held.village, who)
    for verb in (
        lambda: pay(held, by=by),
        lambda: take_back(payment=row, by=by, at=NOON),
        lambda: correct(payment=row, received=received(), by=by, at=NOON),
    ):
        with pytest.raises(NeedsRight):
            verb()
    assert Payment.objects.count() == 1


def test_erasing_somebody_keeps_the_books_and_not_the_name(held: Gilded) -> None:
    pay(held, renews=True, received=received(reference="Ben Jones, gold", note="thanks Ben"))
    erase_person(person=held.village.ben, by=held.village.ada, at=NOON)
    row = Payment.objects.get()
    assert (row.member, row.member_tier, row.reference, row.note) == (None, None, "", "")
    assert (row.amount, row.currency, row.received_on) == (2500, "USD", TODAY)
    with pytest.raises(NotFound):
        correct(payment=row, received=received(), by=held.sol, at=NOON)
    take_back(payment=row, by=held.sol, at=NOON)


def test_who_recorded_it_goes_with_them(held: Gilded) -> None:
    pay(held)
    Member.objects.filter(person=held.sol).delete()
    assert Payment.objects.get().recorded_by is None
