"""Whoever is suspended or on a pause greets nobody, is named nowhere, and counts for nothing until they are back."""

from datetime import timedelta

import pytest

from porch.community.away.actions import end_pause, suspend_member, take_pause
from porch.community.circles.models import Circle, CircleMember
from porch.community.invites.jobs import write_some
from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.membership.models import Member
from porch.community.memory.actions import notice
from porch.community.memory.reads import remembered
from porch.community.newcomers.actions import mark_greeted, name_greeter
from porch.community.newcomers.reads import greeters_named
from porch.community.newcomers.rules import greets
from porch.community.roles.models import RoleHolder
from porch.community.vouching.actions import vouch
from porch.community.vouching.models import Vouch
from porch.kit.refusals import NotAllowed
from porch.kit.time import now
from tests.community.invites.hands import bakers, let_invite, listed
from tests.community.requests.wishes import asked, whole
from tests.village import NOON, Village, add_person, add_steward, browser

AWAY = ["suspended", "paused"]


def send_away(village: Village, how: str) -> Member:
    """Have Ben be away."""
    member = Member.objects.get(person=village.ben)
    if how == "paused":
        return take_pause(person=village.ben, at=NOON)
    at = now()
    suspend_member(member=member, until=at + timedelta(days=3), reason="Shouted.", by=village.ada, at=at)
    return member


@pytest.mark.parametrize("how", AWAY)
def test_a_greeter_stays_outside_and_is_not_named(how: str, village: Village) -> None:
    ben = Member.objects.get(person=village.ben)
    name_greeter(member_id=ben.pk, by=village.ada, at=NOON)
    eve = let_in(person=add_person("eve"), circle=whole(), way=Way.OPEN, at=NOON)
    assert greets(village.ben.pk)
    assert browser(village.ben).get("/inside/newcomers/").status_code == 200
    send_away(village, how)
    assert not greets(village.ben.pk)
    assert greeters_named() == []
    client = browser(village.ben)
    assert client.get("/inside/newcomers/").status_code == 302
    assert client.post(f"/inside/newcomers/{eve.pk}/", {"is": "yes"}).status_code == 404
    with pytest.raises(NotAllowed):
        mark_greeted(member_id=eve.pk, by=village.ben, at=NOON)


@pytest.mark.parametrize("how", AWAY)
def test_an_anniversary_is_not_shown(how: str, village: Village) -> None:
    Member.objects.filter(person=village.ben).update(joined_at=NOON - timedelta(days=365))
    notice(at=NOON)
    assert [each.member__person__name for each in remembered(NOON)[0]] == ["Ben"]
    send_away(village, how)
    assert remembered(NOON)[0] == []


@pytest.mark.parametrize("how", AWAY)
def test_a_first_circle_is_not_noticed(how: str, village: Village) -> None:
    let_in(person=village.ben, circle=bakers(), way=Way.PLACED, at=NOON)
    send_away(village, how)
    assert notice(at=NOON) == 0


def test_a_second_circle_is_no_first_one_even_if_the_first_was_left(village: Village) -> None:
    first, second = bakers(), Circle.objects.create(slug="smiths", name="Smiths", made_at=NOON)
    let_in(person=village.ben, circle=first, way=Way.PLACED, at=NOON - timedelta(days=9))
    CircleMember.objects.all().delete()
    let_in(person=village.ben, circle=second, way=Way.PLACED, at=NOON)
    let_in(person=village.ada, circle=second, way=Way.PLACED, at=NOON)
    notice(at=NOON)
    assert [each.member__person__name for each in remembered(NOON)[0]] == [village.ada.name]


@pytest.mark.parametrize("how", AWAY)
def test_a_vouch_does_not_count_meanwhile(how: str, village: Village) -> None:
    wish = asked(village.dov, whole(vouches=2))
    vouch(request_id=wish.pk, by=village.ben, at=NOON)
    assert Vouch.objects.counting().count() == 1
    send_away(village, how)
    assert Vouch.objects.counting().count() == 0


def test_letters_wait_while_their_maker_is_away(village: Village) -> None:
    sol = add_steward()
    listed(sol, "eve@example.org")
    take_pause(person=sol, at=NOON)
    assert write_some(at=NOON) == 0
    end_pause(person=sol, at=NOON)
    assert write_some(at=NOON) == 1


def test_letters_go_only_as_long_as_their_maker_may_invite(village: Village) -> None:
    sol, circle = add_steward(), bakers()
    let_invite(village.ben, whole())
    listed(sol, "eve@example.org")
    listed(village.ben, "fay@example.org", circle=circle)
    RoleHolder.objects.filter(member__person__in=[sol, village.ben]).delete()
    let_invite(sol, Circle.objects.create(slug="smiths", name="Smiths", made_at=NOON))
    assert write_some(at=NOON) == 0
    listed(village.ada, "gus@example.org")
    assert write_some(at=NOON) == 1
