"""A village with tiers: Gold opens a circle, renews each month and has a fortnight of grace."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from porch.community.circles.models import Circle, CircleMember
from porch.community.membership.models import Member
from porch.community.tiers.actions import Terms, make_tier
from porch.community.tiers.models import MemberTier, Tier
from porch.people.identity.addresses import give_address
from porch.people.identity.models import Person
from tests.village import NOON, Village, add_steward, build_village

# NOON is on 2 March 2026.
TODAY = date(2026, 3, 2)
DUE = date(2026, 3, 20)
GRACE = 14


def terms(**changes: object) -> Terms:
    """Say what Gold is, but for some things."""
    gold = {"name": "Gold", "opens": "The archive.", "price": 2500, "currency": "USD", "period": "month"}
    return Terms(**{**gold, "grace_days": GRACE, **changes})  # type: ignore[arg-type]


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
