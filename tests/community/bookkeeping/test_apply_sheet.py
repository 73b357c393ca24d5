"""A file is shown line by line before anything is done; then all of it is done, or nothing, and once."""

from datetime import date, timedelta

import pytest

from porch.community.bookkeeping.actions import (
    MOST_BYTES,
    MOST_LINES,
    SheetHasChanged,
    SheetHasFaults,
    SheetHasTooManyLines,
    SheetIsEmpty,
    SheetIsTooLarge,
    apply_sheet,
    take_sheet,
)
from porch.community.bookkeeping.jobs import sweep_sheets
from porch.community.bookkeeping.models import Sheet
from porch.community.bookkeeping.verdicts import Line, Verdict, hash_of, look_through
from porch.community.bookkeeping.writing import payment_lines, take_payments, take_tiers, tier_lines
from porch.community.membership.models import Member
from porch.community.payments.actions import Received, record_payment
from porch.community.payments.models import Payment
from porch.community.roles.rules import NeedsRight
from porch.community.tiers.actions import make_tier
from porch.community.tiers.holding import set_tier
from porch.community.tiers.models import MemberTier
from porch.engine.audit.models import AuditEntry
from porch.kit.refusals import NotFound
from porch.kit.time import now
from porch.people.erasure.actions import erase_person
from tests.community.tiers.gold import DUE, TODAY, Gilded, terms
from tests.village import NOON

TIERS = "address,tier,renews_on\nben@example.org,gold,2026-03-20\nADA@example.org,Gold,\n"
PAID = (
    "address;amount;currency;received_on;reference\r\n"
    "ben@example.org;25,00;usd;2026-03-01;R-1\r\nben@example.org;25;USD;2026-03-02;R-2\r\n"
)


def take(gilded: Gilded, text: str | bytes, kind: str = "tiers", *, renews: bool = True) -> Sheet:
    data = text if isinstance(text, bytes) else text.encode()
    return take_sheet(kind=kind, data=data, renews=renews, by=gilded.sol, at=NOON)


def do(gilded: Gilded, sheet: Sheet) -> Sheet:
    seen = hash_of(look_through(sheet, at=NOON))
    return apply_sheet(sheet_id=sheet.pk, seen=seen, by=gilded.sol, at=NOON)


def judged(gilded: Gilded, text: str, kind: str = "tiers") -> list[Line]:
    return look_through(take(gilded, text, kind), at=NOON)


def test_tiers_are_shown_and_then_set(gilded: Gilded) -> None:
    sheet = take(gilded, TIERS)
    shown = look_through(sheet, at=NOON)
    assert [each.words for each in shown] == [
        "Ben gets Gold, which renews on 2026-03-20.",
        "Owner gets Gold, which renews on 2026-04-02.",
    ]
    assert not MemberTier.objects.exists()
    assert do(gilded, sheet).done == 2
    assert (gilded.held().renews_on, gilded.is_in()) == (DUE, True)
    assert AuditEntry.objects.filter(act="tier-set").count() == 2
    assert Sheet.objects.get().lines == []


def test_whoever_sends_a_file_stands_in_the_audit(gilded: Gilded) -> None:
    sheet = take(gilded, TIERS)
    row = AuditEntry.objects.get(act="tier-sheet-sent")
    assert (row.by_id, row.ids) == (gilded.sol.pk, {"sheet_id": sheet.pk})
    with pytest.raises(SheetIsEmpty):
        take(gilded, "address,tier,renews_on\n")
    assert AuditEntry.objects.filter(act="tier-sheet-sent").count() == 1


def test_payments_are_shown_with_what_they_renew_and_then_recorded(gilded: Gilded) -> None:
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=gilded.sol, at=NOON)
    sheet = take(gilded, PAID, "payments")
    words = [each.words for each in look_through(sheet, at=NOON)]
    assert words == ["$25.00 of Ben. Renews until 2026-04-20.", "$25.00 of Ben. Renews until 2026-05-20."]
    assert gilded.held().renews_on == DUE, "showing moves nothing"
    do(gilded, sheet)
    assert gilded.held().renews_on == date(2026, 5, 20)
    assert list(Payment.objects.order_by("pk").values_list("reference", "amount")) == [
        ("R-1", 2500),
        ("R-2", 2500),
    ]


def test_less_than_the_price_renews_nothing(gilded: Gilded) -> None:
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=gilded.sol, at=NOON)
    rows = "ben@example.org,24.99,USD,2026-03-01,A\n"
    rows += "ben@example.org,25,EUR,2026-03-01,B\nada@example.org,25,USD,2026-03-01,C"
    sheet = take(gilded, "address,amount,currency,received_on,reference\n" + rows, "payments")
    do(gilded, sheet)
    assert (gilded.held().renews_on, Payment.objects.count()) == (DUE, 3)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("nobody@example.org,Gold,2026-03-20", "No member has this address"),
        ("dov@example.org,Gold,2026-03-20", "No member has this address"),
        ("not an address,Gold,2026-03-20", "No member has this address"),
        ("ada@example.org,Platinum,2026-03-20", "no tier of this name"),
        ("ada@example.org,Gold,20.03.2026", "not a date"),
        ("ada@example.org,Gold,9999-01-01", "too far off"),
        ("ada@example.org,Life,2026-03-20", "never renews"),
        ("ben@example.org,Gold,2026-03-20", "line 2 already"),
    ],
)
def test_a_wrong_line_of_tiers_says_why_and_holds_up_all(gilded: Gilded, row: str, says: str) -> None:
    make_tier(terms=terms(name="Life", period="once"), by=gilded.sol, at=NOON)
    sheet = take(gilded, f"address,tier,renews_on\nben@example.org,Gold,\n{row}\n")
    good, bad = look_through(sheet, at=NOON)
    assert (good.verdict, bad.verdict, bad.number) == (Verdict.DO, Verdict.WRONG, 3)
    assert says in bad.words
    with pytest.raises(SheetHasFaults):
        do(gilded, sheet)
    assert not MemberTier.objects.exists()


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ('ada@example.org,"1,234.50",USD,2026-03-01,B', "read in two ways"),
        ('ada@example.org,"1.234,50",EUR,2026-03-01,B', "read in two ways"),
        ("ada@example.org,abc,USD,2026-03-01,B", "not an amount"),
        ("ada@example.org,0,USD,2026-03-01,B", "payment of nothing"),
        ("ada@example.org,5,XYZ,2026-03-01,B", "not a currency"),
        ("ada@example.org,5,USD,03/01/2026,B", "not a date"),
        ("ada@example.org,5,USD,2026-03-03,B", "still to come"),
        ("ada@example.org,5,USD,2026-03-01,", "no reference"),
        ("ada@example.org,5,USD,2026-03-01,A", "line 2 already"),
        ("ada@example.org,5,USD,2026-03-01,OLD", "another member or another amount"),
        ("ghost@example.org,5,USD,2026-03-01,B", "No member has this address"),
    ],
)
def test_a_wrong_line_of_payments_says_why_and_holds_up_all(gilded: Gilded, row: str, says: str) -> None:
    old = Received(amount=1, currency="USD", received_on=TODAY, reference="OLD")
    record_payment(member=gilded.ben, received=old, by=gilded.sol, at=NOON)
    head = "address,amount,currency,received_on,reference\nben@example.org,5,USD,2026-03-01,A\n"
    sheet = take(gilded, head + row, "payments")
    good, bad = look_through(sheet, at=NOON)
    assert (good.verdict, bad.verdict) == (Verdict.DO, Verdict.WRONG)
    assert says in bad.words
    with pytest.raises(SheetHasFaults):
        do(gilded, sheet)
    assert Payment.objects.count() == 1


def test_the_same_file_sent_twice_does_nothing_the_second_time(gilded: Gilded) -> None:
    for text, kind in ((TIERS, "tiers"), (PAID, "payments")):
        do(gilded, take(gilded, text, kind))
        again = take(gilded, text, kind)
        assert {each.verdict for each in look_through(again, at=NOON)} <= {Verdict.SAME, Verdict.DO}
    assert Payment.objects.count() == 2
    again = take(gilded, PAID, "payments")
    assert do(gilded, again).done == 0
    assert Payment.objects.count() == 2


def test_a_sheet_is_applied_once(gilded: Gilded) -> None:
    sheet = take(gilded, PAID, "payments")
    seen = hash_of(look_through(sheet, at=NOON))
    for _ in range(2):
        assert apply_sheet(sheet_id=sheet.pk, seen=seen, by=gilded.sol, at=NOON).done == 2
    assert Payment.objects.count() == 2


def test_what_changed_since_it_was_shown_is_shown_anew(gilded: Gilded) -> None:
    first, second = take(gilded, PAID, "payments"), take(gilded, PAID, "payments")
    seen = hash_of(look_through(second, at=NOON))
    do(gilded, first)
    with pytest.raises(SheetHasChanged):
        apply_sheet(sheet_id=second.pk, seen=seen, by=gilded.sol, at=NOON)
    assert Payment.objects.count() == 2


def test_a_file_has_lines_and_not_too_many(gilded: Gilded) -> None:
    with pytest.raises(SheetIsEmpty):
        take(gilded, "address,tier,renews_on\n\n,,\n")
    with pytest.raises(SheetIsTooLarge):
        take(gilded, b"x" * (MOST_BYTES + 1))
    take(gilded, "address,tier,renews_on\n" + "a@b.org,Gold,\n" * MOST_LINES)
    with pytest.raises(SheetHasTooManyLines):
        take(gilded, "address,tier,renews_on\n" + "a@b.org,Gold,\n" * (MOST_LINES + 1))


def test_only_stewards_send_files_and_each_applies_their_own(gilded: Gilded) -> None:
    sheet = take(gilded, TIERS)
    seen = hash_of(look_through(sheet, at=NOON))
    with pytest.raises(NotFound):
        apply_sheet(sheet_id=sheet.pk, seen=seen, by=gilded.village.ada, at=NOON)
    for by in (gilded.village.ben, gilded.village.dov):
        for verb in (
            lambda by=by: take_sheet(kind="tiers", data=TIERS.encode(), by=by, at=NOON),
            lambda by=by: apply_sheet(sheet_id=sheet.pk, seen=seen, by=by, at=NOON),
            lambda by=by: take_tiers(by=by, at=NOON),
            lambda by=by: take_payments(by=by, at=NOON),
        ):
            with pytest.raises(NeedsRight):
                verb()


def test_what_goes_out_comes_in_and_changes_nothing(gilded: Gilded) -> None:
    do(gilded, take(gilded, TIERS))
    do(gilded, take(gilded, PAID, "payments"))
    for lines, kind in ((tier_lines(TODAY), "tiers"), (payment_lines(), "payments")):
        found = judged(gilded, "".join(lines), kind)
        assert [each.verdict for each in found] == [Verdict.SAME] * 2


def test_no_cell_that_goes_out_is_a_formula(gilded: Gilded) -> None:
    refund = Received(amount=-2500, currency="USD", received_on=TODAY, reference="=1+1", note="@SUM(A1)")
    record_payment(member=gilded.ben, received=refund, by=gilded.sol, at=NOON)
    line = "".join(payment_lines())
    assert all(f'"\'{cell}"' in line for cell in ("-25.00", "=1+1", "@SUM(A1)"))
    (found,) = judged(gilded, line, "payments")
    assert found.verdict is Verdict.SAME


def test_erasing_somebody_empties_the_files_they_stand_in(gilded: Gilded) -> None:
    sheet = take(gilded, TIERS)
    erase_person(person=gilded.village.ben, by=gilded.village.ada, at=NOON)
    sheet.refresh_from_db()
    assert sheet.lines == []
    with pytest.raises(SheetHasChanged):
        do(gilded, sheet)


def test_files_are_kept_for_a_day(gilded: Gilded) -> None:
    sheet = take(gilded, TIERS)
    Sheet.objects.filter(pk=sheet.pk).update(sent_at=now() - timedelta(hours=23))
    sweep_sheets.call()
    assert Sheet.objects.exists()
    Sheet.objects.filter(pk=sheet.pk).update(sent_at=now() - timedelta(hours=25))
    sweep_sheets.call()
    assert not Sheet.objects.exists()
    assert Member.objects.filter(person=gilded.sol).exists()
