"""Who reaches which space: the whole cast, and those who were somebody a moment ago."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from porch.community.away.actions import suspend_member
from porch.community.circles.actions import leave_circle
from porch.community.leaving.actions import leave
from porch.community.roles.actions import give_role, take_role
from porch.community.roles.rights import Right
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rights import MANAGE_SPACES, TEND_TOPICS
from porch.conversation.spaces.rules import known_to, reached_by
from porch.people.identity.models import Person
from tests.community.circles.making import bakers, member_of
from tests.community.roles.giving import role_with
from tests.conversation.talk import kitchen, space_for
from tests.village import NOON, Village, add_steward


def reaches(person: Person | None, space: Space) -> bool:
    number = person.pk if person else None
    return Space.objects.filter(reached_by(number), pk=space.pk).exists()


def knows_of(person: Person | None, space: Space) -> bool:
    number = person.pk if person else None
    return Space.objects.filter(known_to(number), pk=space.pk).exists()


def who(village: Village, asks: Callable[[Person | None, Space], bool], space: Space) -> set[str]:
    cast = {**village.cast(), "sol": add_steward()}
    return {name for name, person in cast.items() if asks(person, space)}


def test_every_member_reaches_what_is_open_to_all(village: Village) -> None:
    assert who(village, reaches, space_for(village.ada)) == {"ada", "ben", "sol"}


def test_glass_opens_nothing_to_strangers_by_this_way(village: Village) -> None:
    assert who(village, reaches, space_for(village.ada, is_glass=True)) == {"ada", "ben", "sol"}


def test_those_in_a_circle_reach_its_space_and_those_who_look_after_it(village: Village) -> None:
    assert who(village, reaches, kitchen(village)) == {"ada", "sol"}


def test_a_member_of_the_circle_reaches_it(village: Village) -> None:
    assert reaches(village.ben, kitchen(village, village.ben))


def test_a_space_that_is_not_hidden_is_known_and_not_reached(village: Village) -> None:
    assert who(village, knows_of, kitchen(village)) == {"ada", "ben", "sol"}


def test_a_hidden_one_is_known_to_those_who_reach_or_manage_it(village: Village) -> None:
    assert who(village, knows_of, kitchen(village, is_hidden=True)) == {"ada", "sol"}


def test_whoever_leaves_the_circle_reaches_it_no_more(village: Village) -> None:
    space = kitchen(village, village.ben)
    assert space.circle is not None
    leave_circle(circle=space.circle, by=village.ben, at=NOON)
    assert not reaches(village.ben, space)


def test_a_role_opens_its_space_as_long_as_one_has_it(village: Village) -> None:
    role = role_with()
    space = space_for(village.ada, role=role)
    assert not reaches(village.ben, space)
    give_role(role=role, member=member_of(village.ben), by=village.ada, at=NOON)
    assert reaches(village.ben, space)
    take_role(role=role, member=member_of(village.ben), by=village.ada, at=NOON)
    assert not reaches(village.ben, space)


@pytest.mark.parametrize("right", [TEND_TOPICS, MANAGE_SPACES])
def test_a_right_in_another_circle_opens_nothing(village: Village, right: Right) -> None:
    space = kitchen(village)
    elsewhere = bakers(village.ben, slug="others", name="Others")
    role_with(right, circle=elsewhere, held_by=village.ben)
    assert not reaches(village.ben, space)


def test_whoever_has_left_reaches_nothing(village: Village) -> None:
    space = space_for(village.ada)
    leave(person=village.ben, wants_erasure=False, stops_mail=False, at=NOON)
    assert not reaches(village.ben, space)
    assert not knows_of(village.ben, space)


def test_whoever_is_suspended_reaches_nothing(village: Village) -> None:
    space = kitchen(village, village.ben)
    until = NOON + timedelta(days=3)
    suspend_member(member=member_of(village.ben), until=until, reason="Noise", by=village.ada, at=NOON)
    assert not reaches(village.ben, space)
