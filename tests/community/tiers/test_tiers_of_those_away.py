"""Whoever is away stops nobody else's tier, and what they pay is recorded."""

import json
from datetime import timedelta

import pytest

from porch.community.away.actions import suspend_member, take_pause
from porch.community.bookkeeping.known import read_known
from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member
from porch.community.payments.models import Payment
from porch.community.tiers import jobs
from porch.community.tiers.actions import change_tier
from porch.community.tiers.holding import set_tier
from porch.community.tiers.jobs import close_to_holders, open_to_holders
from porch.community.tiers.models import MemberTier
from porch.kit.time import now
from tests.community.tiers.gold import Gilded, circle, terms
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
