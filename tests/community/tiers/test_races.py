"""Two at one moment: a file applied twice, a payment while a tier lapses, a tier set twice."""

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from porch.community.bookkeeping.actions import SheetHasChanged, apply_sheet, take_sheet
from porch.community.bookkeeping.verdicts import hash_of, look_through
from porch.community.payments.actions import Received, RenewedMeanwhile, record_payment
from porch.community.payments.models import Payment
from porch.community.tiers.actions import make_tier
from porch.community.tiers.holding import set_tier
from porch.community.tiers.lapsing import attend_renewals
from porch.community.tiers.models import MemberTier
from porch.engine.models import Delivery
from porch.kit.refusals import Refusal
from tests.community.tiers.gold import DUE, GRACE, Gilded, circle, gild, noon_of, terms
from tests.village import NOON

pytestmark = pytest.mark.django_db(transaction=True)
PAID = b"address,amount,currency,received_on,reference\nben@example.org,25,USD,2026-03-01,R-1\n"


def at_once(*verbs: Callable[[], object]) -> list[Exception]:
    """Do all at one moment; give what was refused. Anything else that goes wrong is raised."""
    barrier, failed = threading.Barrier(len(verbs)), []

    def go(verb: Callable[[], object]) -> None:
        try:
            barrier.wait()
            verb()
        except Exception as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for error in failed:
        if not isinstance(error, Refusal):
            raise error
    return failed


@pytest.fixture
def due() -> Gilded:
    gilded = gild()
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=gilded.sol, at=NOON)
    return gilded


def test_the_same_sheet_applied_four_times_at_once_is_applied_once(due: Gilded) -> None:
    sheet = take_sheet(kind="payments", data=PAID, renews=True, by=due.sol, at=NOON)
    seen = hash_of(look_through(sheet, at=NOON))
    verb = lambda: apply_sheet(sheet_id=sheet.pk, seen=seen, by=due.sol, at=NOON)  # noqa: E731
    assert at_once(*[verb] * 4) == []
    assert (Payment.objects.count(), due.held().renews_on) == (1, DUE + timedelta(31))


def test_the_same_file_sent_twice_and_applied_at_once_is_recorded_once(due: Gilded) -> None:
    verbs = []
    for _ in range(3):
        sheet = take_sheet(kind="payments", data=PAID, renews=True, by=due.sol, at=NOON)
        seen = hash_of(look_through(sheet, at=NOON))
        verbs.append(lambda pk=sheet.pk, seen=seen: apply_sheet(sheet_id=pk, seen=seen, by=due.sol, at=NOON))
    refused = at_once(*verbs)
    assert [type(each) for each in refused] == [SheetHasChanged] * 2
    assert (Payment.objects.count(), due.held().renews_on) == (1, DUE + timedelta(31))


def test_a_payment_while_it_lapses_leaves_it_open_and_renewed(due: Gilded) -> None:
    late = noon_of(DUE + timedelta(GRACE))
    received = Received(amount=2500, currency="USD", received_on=DUE)
    pay = lambda: record_payment(member=due.ben, received=received, renews=True, by=due.sol, at=late)  # noqa: E731
    lapse = lambda: attend_renewals(at=late)  # noqa: E731
    assert at_once(pay, lapse, lapse) == []
    held = due.held()
    assert (held.renews_on, held.lapsed_at, due.is_in()) == (DUE + timedelta(31), None, True)
    assert Delivery.objects.filter(kind__endswith="lapse").count() <= 1


def test_one_renewal_pressed_by_two_stewards_is_recorded_once(due: Gilded) -> None:
    received = Received(amount=2500, currency="USD", received_on=DUE - timedelta(20))

    def press(key: str) -> None:
        record_payment(
            member=due.ben, received=received, renews=True, renews_from=DUE, key=key, by=due.sol, at=NOON
        )

    (refused,) = at_once(lambda: press("a"), lambda: press("b"))
    assert type(refused) is RenewedMeanwhile
    assert Payment.objects.count() == 1


def test_two_tiers_set_at_once_leave_one(due: Gilded) -> None:
    studio = circle("Studio")
    silver = make_tier(terms=terms(name="Silver", circles=[studio.pk]), by=due.sol, at=NOON)
    verbs = [
        lambda tier=tier: set_tier(member=due.ben, tier=tier, renews_on=DUE, by=due.sol, at=NOON)
        for tier in (silver, due.gold, silver, due.gold)
    ]
    assert at_once(*verbs) == []
    held = MemberTier.objects.get(member=due.ben, ended_at=None)
    assert (due.is_in(), due.is_in(studio)) == (held.tier == due.gold, held.tier == silver)
