"""A village with tiers: Gold opens a circle, renews each month and has a fortnight of grace."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from porch.community.bookkeeping.models import Sheet
from porch.community.circles.models import Circle, CircleMember
from porch.community.membership.models import Member
from porch.community.payments.actions import Received, record_payment
from porch.community.tiers.actions import TierTerms, make_tier
from porch.community.tiers.holding import set_tier
from porch.community.tiers.lapsing import attend_renewals
from porch.community.tiers.models import MemberTier, Tier
from porch.people.identity.addresses import give_address
from porch.people.identity.models import Person
from tests.village import NOON, Village, add_steward, build_village

# NOON is on 2 March 2026.
TODAY = date(2026, 3, 2)
DUE = date(2026, 3, 20)
GRACE = 14


def terms(**changes: object) -> TierTerms:
    """Say what Gold is, but for some things."""
    gold = {"name": "Gold", "opens": "The archive.", "price": 2500, "currency": "USD", "period": "month"}
    return TierTerms(**{**gold, "grace_days": GRACE, **changes})  # type: ignore[arg-type]


def circle(name: str, **more: object) -> Circle:
    return Circle.objects.create(slug=name.lower(), name=name, made_at=NOON, **more)


@dataclass
class Gilded:
    village: Village
    sol: Person
    ben: Member
    archive: Circle
    gold: Tier

    def held(self) -> MemberTier:
        """Give the tier that Ben has."""
        return MemberTier.objects.get(member=self.ben, ended_at=None)

    def is_in(self, where: Circle | None = None) -> bool:
        return CircleMember.objects.filter(member=self.ben, circle=where or self.archive).exists()


def gild() -> Gilded:
    village = build_village()
    sol = add_steward()
    give_address(person=village.ada, address="ada@example.org")
    ben = Member.objects.select_related("person").get(person=village.ben)
    archive = circle("Archive")
    gold = make_tier(terms=terms(circles=[archive.pk]), by=sol, at=NOON)
    return Gilded(village, sol, ben, archive, gold)


@pytest.fixture
def gilded(db: None) -> Gilded:
    return gild()


def noon_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def midnight_of(day: date) -> datetime:
    """Give the first instant of a day."""
    return noon_of(day) - timedelta(hours=12)


SOME = ("tier", "sheet", "holder", "payment")


def some_of_tiers(village: Village) -> dict[str, int]:
    """Leave one of each thing of tiers, which Ada looks after and Ben has, with a letter of each kind."""
    ada, ben = Member.objects.get(person=village.ada), Member.objects.get(person=village.ben)
    tier = make_tier(terms=terms(), by=village.ada, at=NOON)
    set_tier(member=ben, tier=tier, renews_on=DUE, by=village.ada, at=NOON)
    paid = Received(amount=2500, currency="USD", received_on=TODAY)
    payment = record_payment(member=ben, received=paid, by=village.ada, at=NOON)
    for day in (DUE - timedelta(7), DUE, DUE + timedelta(GRACE)):
        attend_renewals(at=noon_of(day))
    lines = [[2, "ben@example.org", "Gold", ""]]
    sheet = Sheet.objects.create(kind="tiers", by=ada, sent_at=NOON, lines=lines)
    return {"tier": tier.pk, "sheet": sheet.pk, "holder": ben.pk, "payment": payment.pk}
