"""A suspended member is out until the time, to the second, and then everything is as it was."""

from datetime import datetime, timedelta

import pytest
from pytest_django.fixtures import Settings

from porch.community.away.actions import (
    NotSuspended,
    end_suspension,
    resume_due,
    resume_if_due,
    suspend_member,
)
from porch.community.away.models import Suspension
from porch.community.circles.models import Circle, CircleMember
from porch.community.joining.actions import CircleIsFull, IsSuspended, let_in, seats_taken
from porch.community.joining.models import Way
from porch.community.leaving.returning import come_back
from porch.community.membership.reads import is_member
from porch.community.removal.actions import EndsInThePast
from porch.community.removal.rights import REMOVE_MEMBERS
from porch.community.removal.rules import NotAgainstAnOwner, NotAgainstASteward
from porch.community.roles.rules import NeedsRight, may
from porch.engine.audit.models import AuditEntry
from porch.engine.facts.models import CommunityFactRow
from porch.engine.outbox.models import Delivery
from porch.kit.refusals import NotFound
from porch.kit.time import now
from porch.people.delivery.server import Sender
from porch.people.identity.models import Person
from tests.community.leaving.helpers import SECOND, at_once, go, in_circle, member_of
from tests.people.mails import html_of, text_of
from tests.village import NOON, Village, add_steward, browser, build_village

UNTIL = NOON + timedelta(days=7)


def suspend(whom: Person, by: Person, *, until: datetime = UNTIL, at: datetime = NOON) -> Suspension:
    return suspend_member(member=member_of(whom), until=until, reason="Cool down", by=by, at=at)


def test_they_are_out_at_once_and_have_no_rights(village: Village) -> None:
    sol = add_steward()
    in_circle(sol)
    suspend(sol, village.ada, until=now() + timedelta(minutes=5))
    assert not is_member(sol.pk)
    assert not may(sol.pk, REMOVE_MEMBERS)
    assert browser(sol).get("/inside/removals/").headers["Location"] == "/account/removal/"
    assert CircleMember.objects.filter(member__person=sol).exists(), "circles are kept"


def test_it_is_over_to_the_second(village: Village) -> None:
    sol = add_steward()
    suspend(sol, village.ada)
    assert resume_due(at=UNTIL - SECOND) == 0
    assert not is_member(sol.pk)
    assert resume_due(at=UNTIL) == 1
    assert is_member(sol.pk)
    assert may(sol.pk, REMOVE_MEMBERS)
    assert resume_due(at=UNTIL) == 0


def test_whoever_knocks_just_after_it_does_not_wait_for_the_round(village: Village) -> None:
    sol = add_steward()
    suspend(sol, village.ada, until=now() - SECOND)
    for client, path in ((browser(sol), "/inside/removals/"), (browser(sol), "/inside/")):
        assert client.get(path, follow=True).status_code == 200
    assert CommunityFactRow.objects.filter(kind="MemberResumed").count() == 1


def test_whoever_knocks_before_stays_out(village: Village) -> None:
    suspend(village.ben, village.ada, until=now() + timedelta(minutes=5))
    assert browser(village.ben).get("/inside/").headers["Location"] == "/account/removal/"
    assert "Cool down" in browser(village.ben).get("/account/removal/").content.decode()


def test_a_clock_in_doubt_lets_nobody_in(village: Village) -> None:
    suspend(village.ben, village.ada)
    assert resume_due(at=UNTIL, hold=True) == 0


def test_they_are_told_and_it_stands_in_the_audit(village: Village) -> None:
    suspend(village.ben, village.ada)
    assert "Cool down" in text_of(Delivery.objects.get(to_address="ben@example.org"))
    assert AuditEntry.objects.filter(
        act="member-suspended", about_id=village.ben.pk, reason="Cool down"
    ).exists()


def test_they_are_told_to_whom_they_can_write(village: Village, settings: Settings) -> None:
    settings.PORCH_MAIL_SENDER = Sender("Porch", "hello@example.org")
    settings.PORCH_MAIL_CAN_BE_ANSWERED = True
    suspend(village.ben, village.ada, until=now() + timedelta(1))
    letter = Delivery.objects.get(to_address="ben@example.org")
    for said in (text_of(letter), html_of(letter), browser(village.ben).get("/account/removal/").text):
        assert "hello@example.org" in said


def test_where_no_address_is_set_they_are_told_to_whom_they_can_speak(village: Village) -> None:
    suspend(village.ben, village.ada, until=now() + timedelta(1))
    letter = Delivery.objects.get(to_address="ben@example.org")
    for said in (text_of(letter), html_of(letter), browser(village.ben).get("/account/removal/").text):
        assert "say so to an owner" in said


def test_who_may_not_suspend_whom(village: Village) -> None:
    sol, sue = add_steward(), add_steward("sue")
    for whom, by, why in (
        (sol, village.ben, NeedsRight),
        (village.ada, sol, NotAgainstAnOwner),
        (sue, sol, NotAgainstASteward),
    ):
        with pytest.raises(why):
            suspend(whom, by)
    with pytest.raises(EndsInThePast):
        suspend(village.ben, sol, until=NOON)
    assert not Suspension.objects.exists()


def test_suspended_anew_the_new_time_holds(village: Village) -> None:
    suspend(village.ben, village.ada)
    suspend(village.ben, village.ada, until=UNTIL + SECOND, at=NOON + SECOND)
    assert resume_due(at=UNTIL) == 0
    assert resume_due(at=UNTIL + SECOND) == 1


def test_a_steward_ends_it_before(village: Village) -> None:
    suspend(village.ben, village.ada)
    with pytest.raises(NeedsRight):
        end_suspension(member=member_of(village.ben), by=village.ben, at=NOON)
    end_suspension(member=member_of(village.ben), by=village.ada, at=UNTIL - SECOND)
    assert is_member(village.ben.pk)
    with pytest.raises(NotSuspended):
        end_suspension(member=member_of(village.ben), by=village.ada, at=UNTIL - SECOND)


def test_the_seat_stays_theirs_and_no_other_way_leads_in(village: Village) -> None:
    whole = Circle.objects.get(is_whole=True)
    suspend(village.ben, village.ada)
    Circle.objects.filter(pk=whole.pk).update(ceiling=seats_taken(whole))
    with pytest.raises(CircleIsFull):
        let_in(person=village.dov, circle=whole, way=Way.INVITE, at=NOON)
    with pytest.raises(IsSuspended):
        let_in(person=village.ben, circle=whole, way=Way.INVITE, at=NOON)


def test_leaving_and_coming_back_ends_no_suspension(village: Village) -> None:
    suspend(village.ben, village.ada)
    go(village.ben)
    with pytest.raises(NotFound):
        suspend(village.ben, village.ada)
    come_back(person=village.ben, at=NOON + SECOND)
    assert not is_member(village.ben.pk)
    resume_due(at=UNTIL)
    assert is_member(village.ben.pk)


def test_the_form_suspends_and_ends(village: Village) -> None:
    address = f"/inside/members/{member_of(village.ben).pk}/suspension/"
    ada = browser(village.ada)
    assert ada.post(address, {"span": "7", "reason": ""}).status_code == 422
    assert ada.post(address, {"span": "x", "reason": "a"}).status_code == 422
    assert (
        "They are suspended." in ada.post(address, {"span": "7", "reason": "a"}, follow=True).content.decode()
    )
    assert not is_member(village.ben.pk)
    assert "The suspension is over." in ada.post(address, {"end": "yes"}, follow=True).content.decode()
    assert is_member(village.ben.pk)
    assert browser(village.ben).post(address, {"span": "7", "reason": "a"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_round_and_a_knock_at_once_let_in_once() -> None:
    village = build_village()
    suspend(village.ben, village.ada)
    came = at_once(*[lambda: resume_if_due(person=village.ben, at=UNTIL)] * 2)
    assert sorted(map(bool, came)) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_two_who_suspend_one_at_once_leave_one_that_holds() -> None:
    village = build_village()
    sol = add_steward()
    at_once(lambda: suspend(village.ben, village.ada), lambda: suspend(village.ben, sol))
    assert Suspension.objects.filter(ended_at__isnull=True).count() == 1
