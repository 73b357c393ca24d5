"""Whoever is in a circle goes when they like; a steward takes somebody out for a reason that they can read."""

import pytest

from porch.community.circles.actions import HasMoreRights, TheWholeStays, found_whole, leave_circle, take_out
from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member
from porch.community.roles.rights import MANAGE_CIRCLES, MANAGE_ROLES
from porch.community.roles.rules import NeedsRight, may
from porch.engine.audit.models import AuditEntry
from porch.engine.facts.pull import pull
from porch.kit.text import LineIsEmpty
from porch.people.identity.models import Person
from tests.community.circles.making import bakers, member_of
from tests.community.roles.giving import role_with
from tests.village import NOON, Village, add_steward, browser


def facts() -> list[str]:
    return [fact.kind for fact in pull("community", most=10_000)][-1:]


def out(whom: Person, by: Person, reason: str = "Asked for it.") -> bool:
    circle = CircleMember.objects.get(member__person=whom).circle
    return take_out(circle=circle, member=member_of(whom), reason=reason, by=by, at=NOON)


def test_a_member_leaves_a_circle_and_its_roles(village: Village) -> None:
    circle = bakers(village.ben)
    role_with(MANAGE_CIRCLES, circle=circle, held_by=village.ben)
    assert leave_circle(circle=circle, by=village.ben, at=NOON)
    assert not CircleMember.objects.exists()
    assert not may(village.ben.pk, MANAGE_CIRCLES, circle.pk)
    assert facts() == ["CircleLeft"]
    assert Member.objects.present().filter(person=village.ben).exists()
    assert not leave_circle(circle=circle, by=village.ben, at=NOON)


def test_the_roles_of_other_circles_stay(village: Village) -> None:
    circle = bakers(village.ben)
    role_with(MANAGE_CIRCLES, held_by=village.ben)
    leave_circle(circle=circle, by=village.ben, at=NOON)
    assert may(village.ben.pk, MANAGE_CIRCLES)


def test_who_is_not_in_it_leaves_nothing(village: Village) -> None:
    circle = bakers(village.ben)
    for person in (village.ada, village.dov):
        assert not leave_circle(circle=circle, by=person, at=NOON)
    assert CircleMember.objects.count() == 1


def test_the_whole_community_is_not_left_here(village: Village) -> None:
    with pytest.raises(TheWholeStays):
        leave_circle(circle=found_whole(at=NOON), by=village.ben, at=NOON)
    with pytest.raises(TheWholeStays):
        take_out(
            circle=found_whole(at=NOON), member=member_of(village.ben), reason="No.", by=village.ada, at=NOON
        )


def test_a_steward_takes_somebody_out_who_can_read_why(village: Village) -> None:
    sol = add_steward()
    bakers(village.ben)
    assert out(village.ben, by=sol, reason="The flour was yours.")
    assert not CircleMember.objects.exists()
    entry = AuditEntry.objects.get(act="circle-member-taken-out")
    assert (entry.by_id, entry.about_id, entry.reason) == (sol.pk, village.ben.pk, "The flour was yours.")
    assert "The flour was yours." in browser(village.ben).get("/account/audit/").content.decode()
    assert facts() == ["CircleMemberRemoved"]


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_nobody_else_takes_anyone_out(village: Village, who: str) -> None:
    bakers(village.ada)
    with pytest.raises(NeedsRight):
        out(village.ada, by=getattr(village, who))


def test_it_takes_a_reason(village: Village) -> None:
    bakers(village.ben)
    with pytest.raises(LineIsEmpty):
        out(village.ben, by=village.ada, reason=" ")
    assert CircleMember.objects.exists()


def test_who_has_more_rights_there_is_not_taken_out_by_who_has_fewer(village: Village) -> None:
    sol, circle = add_steward(), bakers(village.ben)
    role_with(MANAGE_ROLES, circle=circle, held_by=village.ben)
    with pytest.raises(HasMoreRights):
        out(village.ben, by=sol)
    assert out(village.ben, by=village.ada)
