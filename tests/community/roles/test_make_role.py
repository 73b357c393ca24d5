"""Roles are made, changed and deleted by whoever manages them, and grant no more than that person has."""

import pytest

from porch.community.circles.actions import found_whole
from porch.community.roles.actions import (
    NoSuchRight,
    OwnersHaveEveryRight,
    RoleNameIsTaken,
    RoleStays,
    change_role,
    delete_role,
    make_role,
)
from porch.community.roles.limits import GrantsMore, rights_in
from porch.community.roles.models import Role
from porch.community.roles.reads import EVERY, MEMBER, STEWARD
from porch.community.roles.rights import MANAGE_CIRCLES, MANAGE_ROLES
from porch.community.roles.rules import NeedsRight, may
from porch.engine.audit.models import AuditEntry
from porch.engine.facts.pull import pull
from porch.kit.refusals import NotFound
from porch.kit.text import LineIsEmpty
from porch.people.identity.models import Person
from tests.community.circles.making import bakers
from tests.community.roles.giving import owner_role, role_with
from tests.village import NOON, Village, add_steward


def make(by: Person, **what: object) -> Role:
    given = {"circle": found_whole(at=NOON), "name": "Guide", "rights": [], "by": by, "at": NOON}
    return make_role(**{**given, **what})


def facts() -> list[str]:
    return [fact.kind for fact in pull("community", most=10_000) if fact.kind.startswith("Role")]


def test_an_owner_makes_a_role_with_any_right(village: Village) -> None:
    role = make(village.ada, name="  Guide ", description="Shows people round", rights=["manage-circles"])
    assert (role.name, role.description, rights_in(role)) == (
        "Guide",
        "Shows people round",
        ["manage-circles"],
    )
    assert facts() == ["RoleMade"]
    entry = AuditEntry.objects.get(act="role-made")
    assert entry.ids == {"role_id": role.pk, "circle_id": role.circle_id}


@pytest.mark.parametrize("who", ["ben", "dov", "sol"])
def test_nobody_else_manages_roles(village: Village, who: str) -> None:
    person = add_steward() if who == "sol" else getattr(village, who)
    role = role_with()
    for act in (
        lambda: make(person),
        lambda: change_role(role=role, name="Mine", description="", rights=[], by=person, at=NOON),
        lambda: delete_role(role=role, by=person, at=NOON),
    ):
        with pytest.raises(NeedsRight):
            act()
    assert not AuditEntry.objects.filter(act__startswith="role-").exists()


def test_a_role_grants_no_more_than_its_maker_has(village: Village) -> None:
    role_with(MANAGE_ROLES, held_by=village.ben)
    with pytest.raises(GrantsMore):
        make(village.ben, rights=["manage-roles", "manage-circles"])
    role = make(village.ben, rights=["manage-roles"])
    with pytest.raises(GrantsMore):
        change_role(
            role=role, name="Guide", description="", rights=["manage-circles"], by=village.ben, at=NOON
        )
    assert rights_in(role) == ["manage-roles"]


def test_a_role_that_grants_more_is_neither_changed_nor_deleted(village: Village) -> None:
    role_with(MANAGE_ROLES, held_by=village.ben)
    above = role_with(MANAGE_CIRCLES, name="Above")
    for role in (above, owner_role()):
        with pytest.raises(GrantsMore):
            change_role(role=role, name="Low", description="", rights=[], by=village.ben, at=NOON)
        with pytest.raises(GrantsMore):
            delete_role(role=role, by=village.ben, at=NOON)
    assert rights_in(above) == ["manage-circles"]


def test_everything_is_no_right_that_a_form_can_give(village: Village) -> None:
    for rights in ([EVERY], ["fly"], [""]):
        with pytest.raises(NoSuchRight):
            make(village.ada, rights=rights)


def test_to_manage_roles_in_a_circle_counts_only_there(village: Village) -> None:
    circle, other = bakers(village.ben), bakers(slug="cooks", name="Cooks")
    role_with(MANAGE_ROLES, circle=circle, held_by=village.ben)
    made = make(village.ben, circle=circle, rights=["manage-roles"])
    assert made.circle == circle
    for elsewhere in (other, found_whole(at=NOON)):
        with pytest.raises(NeedsRight):
            make(village.ben, circle=elsewhere)
    with pytest.raises(GrantsMore):
        make(village.ben, circle=circle, name="More", rights=["manage-circles"])


def test_a_right_of_the_whole_may_be_granted_in_a_circle(village: Village) -> None:
    circle = bakers()
    role_with(MANAGE_ROLES, MANAGE_CIRCLES, held_by=village.ben)
    assert rights_in(make(village.ben, circle=circle, rights=["manage-circles"])) == ["manage-circles"]


def test_a_role_is_renamed_described_and_given_other_rights(village: Village) -> None:
    role = role_with(MANAGE_CIRCLES, held_by=village.ben)
    change_role(
        role=role, name="Porter", description="At the door", rights=["manage-roles"], by=village.ada, at=NOON
    )
    role.refresh_from_db()
    assert (role.name, role.description, rights_in(role)) == ("Porter", "At the door", ["manage-roles"])
    assert may(village.ben.pk, MANAGE_ROLES)
    assert not may(village.ben.pk, MANAGE_CIRCLES), "at once"
    assert facts() == ["RoleChanged"]


def test_a_change_that_changes_nothing_leaves_no_trace(village: Village) -> None:
    role = role_with(MANAGE_CIRCLES)
    change_role(role=role, name="Host", description="", rights=["manage-circles"], by=village.ada, at=NOON)
    assert facts() == []


def test_two_roles_of_a_circle_have_two_names(village: Village) -> None:
    role = role_with()
    for name in ("Host", "hOST ", "Steward"):
        with pytest.raises(RoleNameIsTaken):
            make(village.ada, name=name)
    with pytest.raises(RoleNameIsTaken):
        change_role(role=role, name="owner", description="", by=village.ada, at=NOON)
    change_role(role=role, name="HOST", description="", by=village.ada, at=NOON)
    make(village.ada, name="Host", circle=bakers())
    with pytest.raises(LineIsEmpty):
        make(village.ada, name=" ")


def test_owners_keep_every_right_and_may_be_called_something_else(village: Village) -> None:
    with pytest.raises(OwnersHaveEveryRight):
        change_role(role=owner_role(), name="Owner", description="", rights=[], by=village.ada, at=NOON)
    change_role(role=owner_role(), name="Parson", description="", by=village.ada, at=NOON)
    assert (owner_role().name, rights_in(owner_role())) == ("Parson", [EVERY])


def test_a_deleted_role_takes_its_rights_along(village: Village) -> None:
    role = role_with(MANAGE_CIRCLES, held_by=village.ben)
    delete_role(role=role, by=village.ada, at=NOON)
    assert not may(village.ben.pk, MANAGE_CIRCLES)
    assert facts() == ["RoleDeleted"]
    with pytest.raises(NotFound):
        delete_role(role=role, by=village.ada, at=NOON)


@pytest.mark.parametrize("key", ["owner", STEWARD, MEMBER])
def test_the_three_of_porch_stay(village: Village, key: str) -> None:
    with pytest.raises(RoleStays):
        delete_role(role=Role.objects.get(key=key), by=village.ada, at=NOON)
