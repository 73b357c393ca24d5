"""Leaving is undone within seven days, to the second, and everything is as it was, as far as there is room."""

import re

import pytest

from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.community.leaving.archiving import archive_leavers
from porch.community.leaving.models import Leaving
from porch.community.leaving.returning import come_back, find_leaver
from porch.community.leaving.rules import TooLateToReturn
from porch.community.membership.models import Member
from porch.community.membership.reads import is_member
from porch.community.removal.actions import remove_member
from porch.community.removal.rules import WasRemoved
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import OWNER, rights_of
from porch.engine.outbox.models import Delivery
from porch.engine.promises.models import Promise
from porch.kit.time import now
from porch.people.identity.models import Person
from tests.community.leaving.helpers import OVER, SECOND, at_once, go, in_circle, member_of
from tests.people.mails import text_of
from tests.village import NOON, Village, add_person, add_steward, browser, build_village

LATER = NOON + SECOND


def token_of(address: str) -> str:
    found = re.search(r"/leaving/([^/\s]+)/", text_of(Delivery.objects.get(to_address=address)))
    assert found
    return found[1]


def test_up_to_the_last_second_it_is_undone(village: Village) -> None:
    leaving = go(village.ben)
    assert come_back(person=village.ben, at=OVER - SECOND).joined_at == NOON
    assert is_member(village.ben.pk)
    assert Promise.objects.get(pk=leaving.promise_id).state == "withdrawn"
    assert not Leaving.objects.exists()


def test_from_the_seventh_day_on_it_is_not(village: Village) -> None:
    go(village.ben)
    token = token_of("ben@example.org")
    with pytest.raises(TooLateToReturn):
        come_back(person=village.ben, at=OVER)
    with pytest.raises(TooLateToReturn):
        find_leaver(token=token, at=OVER)
    assert find_leaver(token=token, at=OVER - SECOND) == village.ben


def test_roles_and_circles_are_back(village: Village) -> None:
    sol = add_steward()
    circle = in_circle(sol)
    before = [(row.right, row.role__name) for row in rights_of(sol.pk)]
    go(sol)
    come_back(person=sol, at=LATER)
    assert [(row.right, row.role__name) for row in rights_of(sol.pk)] == before
    assert CircleMember.objects.get(circle=circle, member__person=sol).joined_at == NOON


def test_a_seat_that_was_given_away_is_not_taken_back(village: Village) -> None:
    circle = in_circle(village.ben, ceiling=1)
    go(village.ben)
    let_in(person=village.ada, circle=circle, way=Way.OPEN, at=LATER)
    come_back(person=village.ben, at=LATER)
    assert is_member(village.ben.pk)
    assert [each.member.person for each in CircleMember.objects.filter(circle=circle)] == [village.ada]


def test_ownership_that_went_to_another_stays_there(village: Village) -> None:
    owner = Role.objects.get(key=OWNER)
    RoleHolder.objects.create(role=owner, member=member_of(village.ben), given_at=NOON - SECOND)
    go(village.ben)
    eve = Member.objects.create(person=add_person("eve"), joined_at=NOON)
    RoleHolder.objects.create(role=owner, member=eve, given_at=LATER)
    come_back(person=village.ben, at=LATER)
    assert not RoleHolder.objects.filter(role=owner, member__person=village.ben).exists()


def test_an_owner_who_nobody_replaced_owns_again(village: Village) -> None:
    owner = Role.objects.get(key=OWNER)
    RoleHolder.objects.create(role=owner, member=member_of(village.ben), given_at=NOON - SECOND)
    go(village.ben)
    come_back(person=village.ben, at=LATER)
    assert RoleHolder.objects.filter(role=owner, member__person=village.ben).exists()


def test_it_works_once(village: Village) -> None:
    go(village.ben)
    token = token_of("ben@example.org")
    come_back(person=village.ben, at=LATER)
    with pytest.raises(TooLateToReturn):
        find_leaver(token=token, at=LATER)
    for nobody in (village.ben, village.dov):
        with pytest.raises(TooLateToReturn):
            come_back(person=nobody, at=LATER)


def test_who_comes_in_again_by_invitation_is_not_archived(village: Village) -> None:
    leaving = go(village.ben, wants_erasure=True)
    whole = Circle.objects.get(is_whole=True)
    back = let_in(person=village.ben, circle=whole, way=Way.INVITE, at=LATER)
    assert back.joined_at == LATER
    assert archive_leavers(at=OVER) == 0
    assert is_member(village.ben.pk)
    assert Promise.objects.get(pk=leaving.promise_id).state == "withdrawn"


def test_the_removed_cannot_undo_it(village: Village) -> None:
    go(village.ben)
    remove_member(
        member=member_of(village.ben), by=village.ada, reason="a", message="b", appeal_to="a@example.org",
        expires_at=None, at=LATER,
    )  # fmt: skip
    with pytest.raises(WasRemoved):
        come_back(person=village.ben, at=LATER)
    assert archive_leavers(at=OVER) == 1, "what was promised to them is kept all the same"


def test_the_link_asks_before_it_does_anything(village: Village) -> None:
    go(village.ben, at=now())
    address = f"/leaving/{token_of('ben@example.org')}/"
    stranger = browser()
    assert stranger.get(address).status_code == 200
    assert not is_member(village.ben.pk)
    assert "You are back" in stranger.post(address).content.decode()
    assert is_member(village.ben.pk)
    assert stranger.post(address).status_code == 410
    assert browser().get("/leaving/guessed/").status_code == 410


@pytest.mark.django_db(transaction=True)
def test_undone_and_archived_at_once_is_one_of_the_two() -> None:
    village = build_village()
    leaving = go(village.ben, wants_erasure=True)
    came = at_once(lambda: come_back(person=village.ben, at=OVER - SECOND), lambda: archive_leavers(at=OVER))
    is_back = any(isinstance(each, Member) for each in came)
    assert is_back == Person.objects.filter(pk=village.ben.pk).exists()
    assert is_back == Member.objects.filter(person_id=village.ben.pk, left_at=None).exists()
    assert Promise.objects.get(pk=leaving.promise_id).state == ("withdrawn" if is_back else "kept")
