"""The page of a member: what everyone sees, and what it says besides to those who look after the members."""

import pytest

from porch.community.away.actions import take_pause
from porch.community.circles.models import Circle
from porch.community.joining.models import Arrival
from porch.community.membership.models import Member
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.community.tiers.actions import make_tier
from porch.community.tiers.holding import set_tier
from tests.community.profiles.asking import member_of
from tests.community.requests.wishes import add_members, make_circle
from tests.community.tiers.gold import DUE, terms
from tests.village import NOON, Village, add_steward, browser


def page(village: Village, who: str = "ada") -> str:
    return browser(village.cast()[who]).get(f"/inside/members/{member_of(village.ben).pk}/").text


def test_stewards_read_how_somebody_belongs_and_where_it_is_changed(village: Village) -> None:
    sol, ben = add_steward(), member_of(village.ben)
    circle = make_circle("bakers", village.ben)
    Arrival.objects.filter(member=ben).update(brought_by=member_of(sol))
    set_tier(
        member=ben,
        tier=make_tier(terms=terms(), by=village.ada, at=NOON),
        renews_on=DUE,
        by=village.ada,
        at=NOON,
    )
    read = browser(sol).get(f"/inside/members/{ben.pk}/").text
    assert "How they belong" in read
    assert f'href="/inside/members/{member_of(sol).pk}/">Sol</a>' in read
    assert f'href="/inside/circles/{circle.slug}/"' in read
    assert "Gold" in read


def test_roles_stand_there_with_their_pages(village: Village) -> None:
    member = member_of(add_steward())
    role = member.roles_held.get().role
    read = browser(village.ada).get(f"/inside/members/{member.pk}/").text
    assert f'href="/inside/roles/{role.pk}/">{role.name}</a>' in read


def test_members_read_nothing_of_it(village: Village) -> None:
    own = page(village, "ben")
    sol = add_steward()
    other = browser(village.ben).get(f"/inside/members/{member_of(sol).pk}/").text
    for read in (own, other):
        assert "belong</h2>" not in read


def test_a_hidden_circle_is_named_to_those_alone_who_may_know_of_it(village: Village) -> None:
    ben, gil = member_of(village.ben), add_members("gil")[0]
    make_circle("cellar", village.ben, is_hidden=True)
    lister = Role.objects.create(circle=Circle.objects.get(is_whole=True), name="Lister", made_at=NOON)
    RoleRight.objects.create(role=lister, right="see-member-list")
    RoleHolder.objects.create(role=lister, member=member_of(gil), given_at=NOON)
    assert "Cellar" in page(village)
    read = browser(gil).get(f"/inside/members/{ben.pk}/").text
    assert "How they belong" in read
    assert "Cellar" not in read


def test_whoever_is_on_a_pause_is_there_for_stewards_alone(village: Village) -> None:
    sol, ben = add_steward(), member_of(village.ben)
    take_pause(person=village.ben, at=NOON)
    read = browser(village.ada).get(f"/inside/members/{ben.pk}/").text
    assert "On a pause since" in read
    assert f"/inside/members/{ben.pk}/notes/" not in read, "of whoever is away there is no page of notes"
    for each in ("tier", "removal"):
        assert browser(village.ada).get(f"/inside/members/{ben.pk}/{each}/").status_code in (200, 302)
    assert browser(sol).get(f"/inside/members/{ben.pk}/").status_code == 200


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_nobody_else_sees_who_is_away(village: Village, who: str) -> None:
    sol = add_steward()
    take_pause(person=sol, at=NOON)
    assert browser(village.cast()[who]).get(f"/inside/members/{member_of(sol).pk}/").status_code == 404


def test_whoever_has_gone_is_there_for_nobody(village: Village) -> None:
    ben = member_of(village.ben)
    Member.objects.filter(pk=ben.pk).update(left_at=NOON)
    assert browser(village.ada).get(f"/inside/members/{ben.pk}/").status_code == 404
