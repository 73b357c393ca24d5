"""A role is given by whoever has all that it grants, once; and taken, but not from the last owner."""

from datetime import timedelta

import pytest
from django.db import connection

from porch.community.away.actions import suspend_member
from porch.community.leaving.actions import leave
from porch.community.leaving.returning import come_back
from porch.community.membership.models import Member
from porch.community.roles.actions import EveryoneHasIt, NotInTheCircle, delete_role, give_role, take_role
from porch.community.roles.limits import GrantsMore, LastOwner
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import MEMBER, STEWARD
from porch.community.roles.rights import MANAGE_CIRCLES, MANAGE_ROLES
from porch.community.roles.rules import NeedsRight, may
from porch.engine.audit.models import AuditEntry
from porch.engine.facts.pull import pull
from porch.kit.refusals import NotFound
from porch.kit.time import now
from porch.people.identity.models import Person
from tests.community.circles.making import bakers, member_of
from tests.community.roles.giving import holders, owner_role, role_with
from tests.engine.promises.owing import at_once
from tests.village import NOON, Village, add_steward, browser, build_village


def give(role: Role, to: Person, by: Person) -> RoleHolder:
    return give_role(role=role, member=member_of(to), by=by, at=NOON)


def take(role: Role, whom: Person, by: Person, reason: str = "") -> bool:
    return take_role(role=role, member=member_of(whom), by=by, at=NOON, reason=reason)


def facts() -> list[str]:
    return [fact.kind for fact in pull("community", most=10_000) if fact.kind in ("RoleGiven", "RoleTaken")]


def test_who_is_given_a_role_has_its_rights_at_once_and_reads_of_it(village: Village) -> None:
    holder = give(role_with(MANAGE_CIRCLES), village.ben, village.ada)
    assert may(village.ben.pk, MANAGE_CIRCLES)
    assert holder.given_by == member_of(village.ada)
    entry = AuditEntry.objects.get(act="role-given")
    assert (entry.by_id, entry.about_id) == (village.ada.pk, village.ben.pk)


def test_giving_twice_is_once(village: Village) -> None:
    role = role_with()
    give(role, village.ben, village.ada)
    give(role, village.ben, village.ada)
    assert facts() == ["RoleGiven"]
    assert AuditEntry.objects.filter(act="role-given").count() == 1


@pytest.mark.parametrize("who", ["ben", "dov", "sol"])
def test_nobody_without_the_right_gives_or_takes(village: Village, who: str) -> None:
    person = add_steward() if who == "sol" else getattr(village, who)
    role = role_with(held_by=village.ada)
    with pytest.raises(NeedsRight):
        give(role, village.ben, person)
    with pytest.raises(NeedsRight):
        take(role, village.ada, person)
    assert holders(role) == {village.ada.name}


def test_nobody_gives_or_takes_more_than_they_have(village: Village) -> None:
    role_with(MANAGE_ROLES, held_by=village.ben)
    above = role_with(MANAGE_CIRCLES, name="Above")
    for role in (above, owner_role()):
        with pytest.raises(GrantsMore):
            give(role, village.ben, village.ben)
    with pytest.raises(GrantsMore):
        take(owner_role(), village.ada, village.ben)
    assert not may(village.ben.pk, MANAGE_CIRCLES)


def test_who_manages_roles_in_a_circle_gives_them_there_alone(village: Village) -> None:
    sol, circle = add_steward(), bakers(village.ben)
    role_with(MANAGE_ROLES, circle=circle, held_by=village.ben)
    small, large = role_with(name="Small", circle=circle), role_with(name="Large")
    give(small, village.ben, village.ben)
    with pytest.raises(NeedsRight):
        give(large, village.ben, village.ben)
    with pytest.raises(NotInTheCircle):
        give(small, sol, village.ben)


def test_a_role_goes_to_present_members_only(village: Village) -> None:
    role, ben = role_with(), member_of(village.ben)
    Member.objects.filter(pk=ben.pk).update(left_at=NOON)
    with pytest.raises(NotFound):
        give_role(role=role, member=ben, by=village.ada, at=NOON)


def test_what_everyone_has_is_not_given(village: Village) -> None:
    with pytest.raises(EveryoneHasIt):
        give(Role.objects.get(key=MEMBER), village.ben, village.ada)


def test_who_loses_a_role_reads_why(village: Village) -> None:
    role = role_with(MANAGE_CIRCLES, held_by=village.ben)
    assert take(role, village.ben, village.ada, reason="Your term is over.")
    assert not may(village.ben.pk, MANAGE_CIRCLES)
    entry = AuditEntry.objects.get(act="role-taken")
    assert (entry.about_id, entry.reason) == (village.ben.pk, "Your term is over.")
    assert not take(role, village.ben, village.ada)
    assert facts() == ["RoleTaken"]


def test_everyone_may_lay_down_a_role_of_their_own(village: Village) -> None:
    role = role_with(MANAGE_CIRCLES, held_by=village.ben)
    assert take(role, village.ben, village.ben)
    assert holders(role) == set()


def test_the_last_owner_stays_one(village: Village) -> None:
    with pytest.raises(LastOwner):
        take(owner_role(), village.ada, village.ada)
    give(owner_role(), village.ben, village.ada)
    assert take(owner_role(), village.ada, village.ben)
    with pytest.raises(LastOwner):
        take(owner_role(), village.ben, village.ben)


@pytest.mark.parametrize("how", ["left", "shut out"])
def test_an_owner_who_cannot_come_in_is_not_counted(village: Village, how: str) -> None:
    give(owner_role(), village.ben, village.ada)
    if how == "left":
        Member.objects.filter(person=village.ben).update(left_at=NOON)
    else:
        Person.objects.filter(pk=village.ben.pk).update(is_active=False)
    with pytest.raises(LastOwner):
        take(owner_role(), village.ada, village.ada)


def test_a_role_that_is_gone_is_given_to_nobody(village: Village) -> None:
    role = role_with()
    delete_role(role=role, by=village.ada, at=NOON)
    with pytest.raises(NotFound):
        give(role, village.ben, village.ada)


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_lay_it_down_at_once_leave_one() -> None:
    village = build_village()
    give(owner_role(), village.ben, village.ada)
    came = at_once(
        lambda: take(owner_role(), village.ada, village.ada),
        lambda: take(owner_role(), village.ben, village.ben),
    )
    assert sorted(type(each).__name__ for each in came) == ["LastOwner", "bool"]
    assert RoleHolder.objects.filter(role=owner_role()).count() == 1
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_two_who_give_the_same_role_at_once_give_it_once() -> None:
    village = build_village()
    role = role_with()
    came = at_once(*[lambda: give(role, village.ben, village.ada)] * 3)
    assert {each.pk for each in came} == {RoleHolder.objects.get(role=role).pk}  # type: ignore[attr-defined]
    assert facts() == ["RoleGiven"]
    connection.close()


def test_a_role_that_a_leaver_laid_down_is_taken_and_does_not_come_back(village: Village) -> None:
    sol = add_steward()
    role = Role.objects.get(key=STEWARD, circle__is_whole=True)
    leave(person=sol, wants_erasure=False, stops_mail=False, at=NOON)
    with pytest.raises(NeedsRight):
        take(role, sol, village.ben)
    page = f"/inside/roles/{role.pk}/"
    assert "could come back with it" in browser(village.ada).get(page).text
    assert "Sol" not in browser(village.ben).get(page).text
    ada, form = browser(village.ada), {"member": str(member_of(sol).pk), "reason": "Your term is over."}
    assert "come back without it" in ada.get(page + "removal/", form).text
    assert ada.post(page + "removal/", form).status_code == 302
    assert AuditEntry.objects.get(act="role-taken").about_id == sol.pk
    come_back(person=sol, at=NOON)
    assert not RoleHolder.objects.filter(member=member_of(sol)).exists()
    assert not take(role, sol, village.ada)


def test_whoever_is_suspended_is_named_to_those_alone_who_may_take_the_role(village: Village) -> None:
    sol = add_steward()
    role = Role.objects.get(key=STEWARD, circle__is_whole=True)
    until = now() + timedelta(1)
    suspend_member(member=member_of(sol), until=until, reason="Loud.", by=village.ada, at=NOON)
    page = f"/inside/roles/{role.pk}/"
    assert "Suspended" in browser(village.ada).get(page).text
    for path in ("/inside/roles/", page):
        assert "Sol" not in browser(village.ben).get(path).text
    ada, form = browser(village.ada), {"member": str(member_of(sol).pk)}
    assert ada.post(page + "removal/", form).status_code == 302
    assert not RoleHolder.objects.filter(role=role).exists()
