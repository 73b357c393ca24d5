"""Every right comes from a role (C2): of the whole community everywhere, of a circle only there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porch.community.circles.actions import found_whole
from porch.community.circles.models import Circle, CircleMember
from porch.community.membership.models import Member
from porch.community.roles.founding import admit_founder
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.community.roles.reads import MEMBER, OWNER, STEWARD, rights_of
from porch.community.roles.rights import MANAGE_CIRCLES, MANAGE_ROLES, RIGHTS, declare
from porch.community.roles.rules import NeedsRight, may, require
from porch.people.identity.models import Person
from tests.village import NOON, Village


def member_of(person: Person) -> Member:
    return Member.objects.get(person=person)


def give(person: Person, key: str, circle: Circle | None = None) -> Role:
    role, _ = Role.objects.get_or_create(
        circle=circle or found_whole(at=NOON), key=key, defaults={"name": key.title(), "made_at": NOON}
    )
    RoleHolder.objects.create(role=role, member=member_of(person), given_at=NOON)
    return role


def bakers(*people: Person) -> Circle:
    circle = Circle.objects.create(slug="bakers", name="Bakers", made_at=NOON)
    for person in people:
        CircleMember.objects.create(circle=circle, member=member_of(person), joined_at=NOON)
    return circle


def test_the_first_member_owns_the_house_and_has_every_right(village: Village) -> None:
    assert {right.name for right in RIGHTS.values() if may(village.ada.pk, right)} == set(RIGHTS)
    assert RoleHolder.objects.get(role__key=OWNER).member == member_of(village.ada)


@pytest.mark.parametrize("who", ["ben", "cleo", "dov"])
def test_nobody_else_has_one_without_a_role(village: Village, who: str) -> None:
    person = village.cast()[who]
    for right in RIGHTS.values():
        with pytest.raises(NeedsRight):
            require(person.pk if person else None, right)


def test_a_steward_has_what_stewards_have_and_no_more(village: Village) -> None:
    give(village.ben, STEWARD)
    assert may(village.ben.pk, MANAGE_CIRCLES)
    assert not may(village.ben.pk, MANAGE_ROLES)


def test_what_members_have_every_member_has(village: Village) -> None:
    RoleRight.objects.create(role=Role.objects.get(key=MEMBER), right=MANAGE_CIRCLES.name)
    assert may(village.ben.pk, MANAGE_CIRCLES)
    assert not may(village.dov.pk, MANAGE_CIRCLES), "who is no member has nothing"


def test_a_role_of_a_circle_counts_there_alone(village: Village) -> None:
    circle = bakers(village.ben)
    RoleRight.objects.create(role=give(village.ben, STEWARD, circle), right=MANAGE_CIRCLES.name)
    assert may(village.ben.pk, MANAGE_CIRCLES, circle.pk)
    assert not may(village.ben.pk, MANAGE_CIRCLES)
    assert may(village.ada.pk, MANAGE_CIRCLES, circle.pk), "those of the whole hold everywhere"


def test_a_role_of_a_circle_counts_only_while_one_is_in_it(village: Village) -> None:
    circle = bakers(village.ben)
    RoleRight.objects.create(role=give(village.ben, STEWARD, circle), right=MANAGE_CIRCLES.name)
    CircleMember.objects.filter(circle=circle).delete()
    assert not may(village.ben.pk, MANAGE_CIRCLES, circle.pk)


def test_what_everyone_in_a_circle_may_those_outside_it_may_not(village: Village) -> None:
    circle = bakers(village.ben)
    role = Role.objects.create(circle=circle, key=MEMBER, name="Baker", made_at=NOON)
    RoleRight.objects.create(role=role, right=MANAGE_CIRCLES.name)
    admit_founder(person=village.dov, at=NOON)
    assert may(village.ben.pk, MANAGE_CIRCLES, circle.pk)
    assert not may(village.dov.pk, MANAGE_CIRCLES, circle.pk)


def test_whoever_has_left_may_nothing_at_once(village: Village) -> None:
    Member.objects.filter(person=village.ada).update(left_at=NOON)
    assert rights_of(village.ada.pk) == []


def test_it_is_seen_which_right_comes_from_which_role(village: Village) -> None:
    give(village.ben, STEWARD)
    of_stewards = sorted(right.name for right in RIGHTS.values() if STEWARD in right.given_to)
    assert [(row.right, row.role__name) for row in rights_of(village.ben.pk)] == [
        (right, "Steward") for right in of_stewards
    ]


def test_rights_are_decided_with_one_query(village: Village) -> None:
    rights_of(village.ben.pk)
    with CaptureQueriesContext(connection) as caught:
        may(village.ben.pk, MANAGE_ROLES)
    assert len(caught) == 1


def test_a_right_is_declared_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        declare(MANAGE_ROLES.name, "once more")


def test_a_house_is_founded_once(village: Village) -> None:
    admit_founder(person=village.dov, at=NOON)
    assert Circle.objects.get().is_whole
    assert sorted(Role.objects.values_list("key", flat=True)) == [MEMBER, OWNER, STEWARD]
    assert RoleHolder.objects.count() == 1
