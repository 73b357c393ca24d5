"""Whoever may come in comes in once, by a way that is remembered, and only where there is room."""

from datetime import timedelta

import pytest
from django.db import IntegrityError

from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.actions import CircleIsFull, NotYetAMember, let_in
from porch.community.joining.models import Arrival, Way
from porch.community.membership.models import Member
from tests.village import NOON, Village, add_person

LATER = NOON + timedelta(days=1)


@pytest.fixture
def readers(village: Village) -> Circle:
    return Circle.objects.create(slug="readers", name="Readers", made_at=NOON)


@pytest.fixture
def whole(village: Village) -> Circle:
    return Circle.objects.get(is_whole=True)


def test_it_is_remembered_who_brought_whom(village: Village, whole: Circle) -> None:
    ben = Member.objects.get(person=village.ben)
    dov = let_in(person=village.dov, circle=whole, way=Way.INVITE, brought_by=ben, at=LATER)
    arrival = Arrival.objects.get(member=dov)
    assert (arrival.way, arrival.brought_by, arrival.at) == (Way.INVITE, ben, LATER)


def test_whoever_is_in_it_stays_in_it_as_they_were(village: Village, whole: Circle, readers: Circle) -> None:
    before = Arrival.objects.count()
    assert let_in(person=village.ben, circle=whole, way=Way.OPEN, at=LATER).joined_at == NOON
    let_in(person=village.ben, circle=readers, way=Way.OPEN, at=NOON)
    let_in(person=village.ben, circle=readers, way=Way.OPEN, at=LATER)
    assert CircleMember.objects.get(circle=readers).joined_at == NOON
    assert Arrival.objects.count() == before + 1


def test_only_members_come_into_a_circle(village: Village, readers: Circle) -> None:
    with pytest.raises(NotYetAMember):
        let_in(person=village.dov, circle=readers, way=Way.OPEN, at=LATER)
    assert not CircleMember.objects.exists()


def test_a_full_circle_takes_nobody(village: Village, readers: Circle, whole: Circle) -> None:
    Circle.objects.filter(pk=readers.pk).update(ceiling=1)
    let_in(person=village.ben, circle=readers, way=Way.OPEN, at=LATER)
    with pytest.raises(CircleIsFull, match="takes 1"):
        let_in(person=village.ada, circle=readers, way=Way.OPEN, at=LATER)
    Circle.objects.filter(pk=whole.pk).update(ceiling=2)
    with pytest.raises(CircleIsFull):
        let_in(person=village.dov, circle=whole, way=Way.OPEN, at=LATER)


def test_who_left_frees_a_seat_and_may_come_again(village: Village, whole: Circle) -> None:
    Circle.objects.filter(pk=whole.pk).update(ceiling=2)
    Member.objects.filter(person=village.ben).update(left_at=LATER)
    again = let_in(person=village.ben, circle=whole, way=Way.REQUEST, at=LATER)
    assert (again.left_at, again.joined_at) == (None, LATER)
    assert Arrival.objects.filter(member=again).count() == 2


def test_a_member_is_brought_by_somebody_else(village: Village, whole: Circle) -> None:
    ben = Member.objects.get(person=village.ben)
    with pytest.raises(IntegrityError, match=r"a_member_is_brought_by_somebody_else"):
        Arrival.objects.create(circle=whole, member=ben, at=NOON, way=Way.OPEN, brought_by=ben)


def test_a_stranger_is_a_member_afterwards(village: Village, whole: Circle) -> None:
    eve = add_person("eve")
    let_in(person=eve, circle=whole, way=Way.OPEN, at=LATER)
    assert Member.objects.present().filter(person=eve).exists()
