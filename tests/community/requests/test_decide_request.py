"""Those who have the right say yes or no, and whoever asked is told."""

import pytest

from porch.community.circles.models import Circle, WayIn
from porch.community.joining.actions import let_in
from porch.community.joining.models import Arrival, Way
from porch.community.membership.models import Member
from porch.community.requests.actions import AlreadyAsked, AlreadyIn, RequestIsClosed, withdraw_request
from porch.community.requests.deciding import (
    DecidedAlready,
    NothingToTakeBack,
    OwnRequest,
    ReasonIsMissing,
    decide_request,
    reopen_request,
)
from porch.community.requests.models import LIFE, JoinRequest, State
from porch.community.requests.rights import DECIDE_REQUESTS
from porch.community.roles.models import Role, RoleHolder, RoleRight
from porch.community.roles.rules import NeedsRight
from porch.engine.audit.models import AuditEntry
from porch.people.identity.models import Person
from tests.community.requests.wishes import LATER, asked, is_member, letters_to, make_circle, whole
from tests.village import NOON, Village, add_steward


def yes(wish: JoinRequest, by: Person, **how: str) -> JoinRequest:
    return decide_request(request_id=wish.pk, is_yes=True, by=by, at=LATER, **how)


def no(wish: JoinRequest, by: Person, reason: str = "Not now.") -> JoinRequest:
    return decide_request(request_id=wish.pk, is_yes=False, by=by, reason=reason, at=LATER)


def test_a_yes_lets_in_and_is_told(village: Village) -> None:
    sol = add_steward()
    wish = yes(asked(village.dov, whole()), sol)
    assert (wish.state, wish.decided_by.person, wish.approved_at) == (State.ADMITTED, sol, LATER)
    assert Arrival.objects.get(member__person=village.dov).way == Way.REQUEST
    (letter,) = letters_to(village.dov)
    assert letter.startswith("You are in")
    assert (
        AuditEntry.objects.filter(act="request-approved", by_id=sol.pk, about_id=village.dov.pk).count() == 1
    )


def test_a_no_has_its_reason_and_is_told(village: Village) -> None:
    wish = no(asked(village.dov, whole()), village.ada, " Too many  of us. ")
    assert (wish.state, wish.reason, wish.closed_at) == (State.DECLINED, "Too many of us.", LATER)
    assert not is_member(village.dov)
    (letter,) = letters_to(village.dov)
    assert "Too many of us." in letter
    entry = AuditEntry.objects.get(act="request-declined")
    assert (entry.about_id, entry.reason) == (village.dov.pk, "Too many of us.")


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_no_without_a_reason_is_none(village: Village, reason: str) -> None:
    wish = asked(village.dov, whole())
    with pytest.raises(ReasonIsMissing):
        no(wish, village.ada, reason)
    wish.refresh_from_db()
    assert wish.state == State.ASKED
    assert not AuditEntry.objects.filter(act="request-declined").exists()
    assert letters_to(village.dov) == []


def test_only_those_with_the_right_decide(village: Village) -> None:
    wish = asked(village.dov, whole())
    for person in (village.ben, village.dov):
        for do in (yes, no):
            with pytest.raises(NeedsRight):
                do(wish, person)
        with pytest.raises(NeedsRight):
            reopen_request(request_id=wish.pk, by=person, at=LATER)
    assert yes(wish, add_steward()).state == State.ADMITTED


def test_the_right_in_one_circle_holds_there_alone(village: Village) -> None:
    sol = add_steward()
    circle = make_circle("readers", village.ben)
    role = Role.objects.create(circle=circle, name="Host", made_at=NOON)
    RoleRight.objects.create(role=role, right=DECIDE_REQUESTS.name)
    RoleHolder.objects.create(role=role, member=Member.objects.get(person=village.ben), given_at=NOON)
    with pytest.raises(NeedsRight):
        yes(asked(village.dov, whole()), village.ben)
    assert yes(asked(sol, circle), village.ben).state == State.ADMITTED


def test_nobody_decides_about_themselves(village: Village) -> None:
    wish = asked(village.ada, make_circle())
    for do in (yes, no):
        with pytest.raises(OwnRequest):
            do(wish, village.ada)


def test_what_is_closed_or_decided_is_not_decided_again(village: Village) -> None:
    wish = asked(village.dov, whole(vouches=1))
    yes(wish, village.ada)
    with pytest.raises(DecidedAlready):
        yes(wish, village.ada)
    assert no(wish, village.ada).state == State.DECLINED
    for do in (yes, no):
        with pytest.raises(RequestIsClosed):
            do(wish, village.ada)


def test_a_yes_without_vouches_tells_how_many_are_missing(village: Village) -> None:
    wish = yes(asked(village.dov, whole(vouches=2)), village.ada)
    assert (wish.state, wish.expires_at, is_member(village.dov)) == (State.VOUCHES, LATER + LIFE, False)
    (letter,) = letters_to(village.dov)
    assert "vouch for you: 2." in letter


def test_a_yes_where_it_is_full_tells_the_place(village: Village) -> None:
    wish = yes(asked(village.dov, whole(ceiling=2)), village.ada)
    assert (wish.state, wish.queued_at, wish.expires_at) == (State.SEAT, LATER, None)
    (letter,) = letters_to(village.dov)
    assert "waiting list: 1." in letter


def test_a_no_can_be_taken_back(village: Village) -> None:
    wish = no(asked(village.dov, whole()), village.ada)
    wish = reopen_request(request_id=wish.pk, by=village.ada, at=LATER)
    assert (wish.state, wish.reason, wish.closed_at, wish.decided_by) == (State.ASKED, "", None, None)
    assert wish.expires_at == LATER + LIFE
    assert "looked at again" in letters_to(village.dov)[-1]
    assert yes(wish, village.ada).state == State.ADMITTED


def test_a_yes_that_has_not_led_in_can_be_taken_back(village: Village) -> None:
    wish = yes(asked(village.dov, whole(ceiling=2)), village.ada)
    wish = reopen_request(request_id=wish.pk, by=village.ada, at=LATER)
    assert (wish.state, wish.approved_at, wish.queued_at) == (State.ASKED, None, None)


def test_what_was_not_decided_here_is_not_taken_back(village: Village) -> None:
    circle = whole()
    for wish in (asked(village.dov, circle), withdrawn(village.dov)):
        with pytest.raises(NothingToTakeBack):
            reopen_request(request_id=wish.pk, by=village.ada, at=LATER)
    admitted = yes(asked(village.dov, circle), village.ada)
    with pytest.raises(NothingToTakeBack):
        reopen_request(request_id=admitted.pk, by=village.ada, at=LATER)


def withdrawn(person: Person) -> JoinRequest:
    wish = JoinRequest.objects.get(person=person)
    return withdraw_request(request_id=wish.pk, by=person, at=NOON)


def test_a_no_is_not_taken_back_beside_a_new_request_or_for_who_is_in(village: Village) -> None:
    circle = whole()
    old = no(asked(village.dov, circle), village.ada)
    new = asked(village.dov, circle)
    with pytest.raises(AlreadyAsked):
        reopen_request(request_id=old.pk, by=village.ada, at=LATER)
    withdraw_request(request_id=new.pk, by=village.dov, at=LATER)
    let_in(person=village.dov, circle=circle, way=Way.INVITE, at=LATER)
    with pytest.raises(AlreadyIn):
        reopen_request(request_id=old.pk, by=village.ada, at=LATER)


def test_who_has_no_address_is_let_in_all_the_same(village: Village) -> None:
    Person.objects.filter(pk=village.dov.pk).update(email=None)
    assert yes(asked(village.dov, whole()), village.ada).state == State.ADMITTED


def test_where_the_door_was_opened_meanwhile_no_decision_is_needed(village: Village) -> None:
    wish = asked(village.dov, whole(vouches=1))
    Circle.objects.filter(is_whole=True).update(way_in=WayIn.OPEN)
    assert no(wish, village.ada).state == State.DECLINED
