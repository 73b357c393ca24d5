"""Whoever is away stops nobody else's tier, and what they pay is recorded."""

import json
from datetime import timedelta

import pytest

from porch.community.away.actions import end_suspension, resume_due, suspend_member, take_pause
from porch.community.bookkeeping.known import read_known
from porch.community.circles.models import CircleMember
from porch.community.leaving.returning import come_back
from porch.community.membership.models import Member
from porch.community.payments.actions import Received, record_payment
from porch.community.payments.models import Payment
from porch.community.tiers import jobs
from porch.community.tiers.actions import change_tier
from porch.community.tiers.holding import end_tier, set_tier
from porch.community.tiers.jobs import close_to_holders, open_to_holders
from porch.community.tiers.lapsing import attend_renewals
from porch.community.tiers.models import MemberTier
from porch.kit.time import now
from tests.community.leaving.helpers import SECOND, at_once, go
from tests.community.tiers.gold import DUE, GRACE, Gilded, circle, gild, noon_of, terms
from tests.village import NOON, browser
from tests.web.api.callers import program_of

DAY = timedelta(days=1)


def suspend(gilded: Gilded) -> None:
    """Suspend Ben, now."""
    at = now()
    by = gilded.village.ada
    suspend_member(member=gilded.ben, until=at + DAY, reason="Shouted.", by=by, at=at)


def all_hold(gilded: Gilded) -> None:
    for member in Member.objects.select_related("person").order_by("pk"):
        set_tier(member=member, tier=gilded.gold, by=gilded.sol, at=now())


def test_a_circle_opens_to_the_others(gilded: Gilded) -> None:
    all_hold(gilded)
    suspend(gilded)
    attic = circle("Attic")
    change_tier(tier=gilded.gold, terms=terms(circles=[attic.pk]), by=gilded.sol, at=now())
    open_to_holders.func(gilded.gold.pk, attic.pk)
    inside = set(CircleMember.objects.filter(circle=attic).values_list("member__person__name", flat=True))
    assert inside == {"Owner", "Sol"}


def test_whoever_was_erased_meanwhile_stops_no_closing(
    gilded: Gilded, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_hold(gilded)
    gilded.gold.circles.all().delete()
    rows = [10**9, *MemberTier.objects.values_list("pk", flat=True)]
    monkeypatch.setattr(jobs, "holders", lambda tier_id: rows)
    close_to_holders.func(gilded.gold.pk, gilded.archive.pk)
    assert not CircleMember.objects.exists()


@pytest.mark.parametrize("how", ["suspended", "paused"])
def test_their_money_is_recorded(how: str, gilded: Gilded) -> None:
    if how == "paused":
        take_pause(person=gilded.ben.person, at=NOON)
    else:
        suspend(gilded)
    sol, page = browser(gilded.sol), f"/inside/members/{gilded.ben.pk}/tier/"
    assert sol.get(page).status_code == 200
    assert sol.post(page, {"tier": str(gilded.gold.pk), "renews_on": ""}).status_code == 302
    assert gilded.held().tier == gilded.gold
    body = {"amount": 2500, "currency": "USD", "received_on": "2026-03-02"}
    program = program_of(gilded.sol, "tiers:write", "tiers:read")
    assert program.send("POST", f"/members/{gilded.ben.pk}/payments", json.dumps(body)).status_code == 200
    assert Payment.objects.get().member == gilded.ben
    assert program.get(f"/members/{gilded.ben.pk}/tier").status_code == 200
    assert read_known(["ben@example.org"]).member("ben@example.org") == gilded.ben


def test_the_circles_open_when_the_suspension_ends(gilded: Gilded) -> None:
    at = now()
    suspend(gilded)
    set_tier(member=gilded.ben, tier=gilded.gold, by=gilded.sol, at=at)
    assert not gilded.is_in()
    resume_due(at=at + 2 * DAY)
    assert gilded.is_in()


def test_they_open_when_a_steward_ends_it_before(gilded: Gilded) -> None:
    suspend(gilded)
    set_tier(member=gilded.ben, tier=gilded.gold, by=gilded.sol, at=now())
    end_suspension(member=gilded.ben, by=gilded.village.ada, at=now())
    assert gilded.is_in()


def test_a_tier_that_lapsed_meanwhile_opens_nothing(gilded: Gilded) -> None:
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=gilded.sol, at=NOON)
    end = noon_of(DUE + timedelta(GRACE))
    suspend_member(member=gilded.ben, until=end, reason="Loud.", by=gilded.village.ada, at=NOON)
    attend_renewals(at=end)
    resume_due(at=end)
    assert not gilded.is_in()


def test_what_a_leaver_pays_late_is_kept(gilded: Gilded) -> None:
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=gilded.sol, at=NOON)
    late = noon_of(DUE + timedelta(GRACE))
    attend_renewals(at=late)
    go(gilded.ben.person, at=late)
    paid = Received(amount=2500, currency="USD", received_on=late.date())
    record_payment(member=gilded.ben, received=paid, renews=True, by=gilded.sol, at=late)
    assert not gilded.is_in()
    come_back(person=gilded.ben.person, at=late)
    assert gilded.is_in(), "what they paid opens it once they are back"


@pytest.mark.parametrize("how", ["ended", "lapsed", "no longer opened"])
def test_who_undoes_leaving_is_not_in_a_circle_that_the_tier_no_longer_opens(
    how: str, gilded: Gilded
) -> None:
    by = gilded.sol
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=by, at=NOON)
    left = noon_of(DUE + timedelta(GRACE) - DAY)
    assert gilded.is_in()
    go(gilded.ben.person, at=left)
    if how == "ended":
        end_tier(member=gilded.ben, now_already=True, by=by, at=left)
    if how == "no longer opened":
        change_tier(tier=gilded.gold, terms=terms(), by=by, at=left)
    come_back(person=gilded.ben.person, at=left + DAY if how == "lapsed" else left + SECOND)
    assert not gilded.is_in()


def test_who_undoes_leaving_is_in_what_the_tier_opens(gilded: Gilded) -> None:
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=gilded.sol, at=NOON)
    go(gilded.ben.person)
    attic = circle("Attic")
    both = terms(circles=[attic.pk, gilded.archive.pk])
    change_tier(tier=gilded.gold, terms=both, by=gilded.sol, at=NOON)
    come_back(person=gilded.ben.person, at=NOON + SECOND)
    assert gilded.is_in()
    assert gilded.is_in(attic)


@pytest.mark.django_db(transaction=True)
def test_back_from_leaving_while_the_tier_ends_is_one_of_the_two() -> None:
    gilded = gild()
    set_tier(member=gilded.ben, tier=gilded.gold, renews_on=DUE, by=gilded.sol, at=NOON)
    go(gilded.ben.person)
    at_once(
        lambda: come_back(person=gilded.ben.person, at=NOON),
        lambda: end_tier(member=gilded.ben, now_already=True, by=gilded.sol, at=NOON),
    )
    assert not gilded.is_in()
