"""Whatever people do with roles, a right reaches somebody only from one who had it, and who managed roles there."""

from itertools import product

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from porch.community.circles.actions import leave_circle, take_out
from porch.community.circles.models import Circle
from porch.community.ownership.actions import hand_over
from porch.community.roles.actions import change_role, delete_role, give_role, make_role, take_role
from porch.community.roles.models import Role
from porch.community.roles.reads import rights_of
from porch.community.roles.rights import MANAGE_CIRCLES, MANAGE_ROLES, RIGHTS
from porch.community.roles.rules import covers
from porch.kit.refusals import Refusal
from porch.people.identity.models import Person
from tests.community.circles.making import bakers, member_of
from tests.community.roles.giving import holders, owner_role, role_with
from tests.village import NOON, add_steward, build_village

pytestmark = pytest.mark.django_db
Has = set[tuple[str, str, str]]
GIVING, OTHER = ["give", "change", "make"], ["take", "delete", "hand", "out", "leave", *["give"] * 2]
# Mostly Ben, who manages roles in a circle, and Sol, who manages them everywhere.
STEPS = st.tuples(
    st.sampled_from(GIVING * 3 + OTHER),
    st.sampled_from([0, 0, 0, 1, 1, 2, 3]),
    st.integers(0, 2),
    st.integers(0, 9),
    st.sets(st.sampled_from([MANAGE_CIRCLES.name, MANAGE_ROLES.name])),
)
# The short ways to more rights than one was given: to widen a role of one's own, to make a wide one and take it,
# and to be given one that stands about.
WIDEN = [("change", 0, 0, 3, {MANAGE_CIRCLES.name, MANAGE_ROLES.name})]
MAKE = [("make", 0, 0, 0, {MANAGE_CIRCLES.name}), ("give", 0, 0, 6, set())]
FIND = [("give", 0, 0, 5, set()), ("give", 1, 1, 0, set())]


class AnySequence(TestCase):
    @classmethod
    def setUpTestData(cls) -> None:
        cls.village, cls.sol, cls.vera = build_village(), add_steward(), add_steward("vera")
        cls.circle = bakers(cls.village.ben, cls.sol, cls.vera)
        role_with(MANAGE_ROLES, circle=cls.circle, held_by=cls.village.ben)
        role_with(MANAGE_ROLES, held_by=cls.sol, name="Giver")
        role_with(MANAGE_CIRCLES, name="Unheld")

    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(STEPS, min_size=4, max_size=16))
    @example(WIDEN)
    @example(MAKE)
    @example(FIND)
    def test_rights_spread_and_are_never_made(self, steps: list[tuple[str, int, int, int, set[str]]]) -> None:
        people = [self.village.ben, self.sol, self.vera, self.village.dov]
        places = [self.circle, owner_role().circle]
        # Ada, who may everything, does nothing here: whatever somebody gains, one of the others gave.
        for act, who, whom, which, rights in steps:
            before = having(people, places)
            try:
                do(act, people[who], people[whom], which, rights, places[which % 2])
            except Refusal:
                assert having(people, places) == before, "what is refused changes nothing"
                continue
            by = people[who].name
            for _name, right, place in having(people, places) - before:
                assert (by, right, place) in before
                assert (by, MANAGE_ROLES.name, place) in before
        assert holders(owner_role()) == {self.village.ada.name}


def having(people: list[Person], places: list[Circle]) -> Has:
    """Tell who may what where."""
    rows = {person.name: rights_of(person.pk) for person in people}
    return {
        (name, right.name, place.slug)
        for (name, mine), right, place in product(rows.items(), RIGHTS.values(), places)
        if covers(mine, right, place.pk)
    }


def do(act: str, by: Person, whom: Person, which: int, rights: set[str], place: Circle) -> None:
    """Try one thing that can be done with roles."""
    roles, member = list(Role.objects.order_by("pk")), member_of(whom)
    role = roles[which % len(roles)]
    if act == "give":
        give_role(role=role, member=member, by=by, at=NOON)
    elif act == "take":
        take_role(role=role, member=member, by=by, at=NOON)
    elif act == "change":
        change_role(role=role, name=role.name, description="", rights=rights, by=by, at=NOON)
    elif act == "make":
        make_role(circle=place, name=f"Role {len(roles)} {which}", rights=rights, by=by, at=NOON)
    elif act == "delete":
        delete_role(role=role, by=by, at=NOON)
    elif act == "hand":
        hand_over(to=member, by=by, at=NOON)
    elif act == "out":
        take_out(circle=place, member=member, reason="Because.", by=by, at=NOON)
    else:
        leave_circle(circle=place, by=by, at=NOON)
