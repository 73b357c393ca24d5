"""When the seven days are over a leaver is archived, to the second, once, and erased if they wished for it."""

from datetime import timedelta

import pytest

from porch.community.circles.models import Circle
from porch.community.joining.actions import let_in
from porch.community.joining.models import Arrival, Way
from porch.community.leaving.actions import Answers, leave
from porch.community.leaving.archiving import ASKED_WITHIN, archive, archive_leavers, forget_whom_to_ask
from porch.community.leaving.models import AskAgain, ExitAnswer, Leaving
from porch.community.membership.models import Member
from porch.community.roles.models import RoleHolder
from porch.engine.audit.models import AuditEntry
from porch.engine.facts.models import CommunityFactRow
from porch.engine.outbox.models import Delivery
from porch.engine.promises.actions import withdraw_promise
from porch.engine.promises.models import Promise
from porch.people.erasure.actions import erase_person
from porch.people.erasure.models import Erasure
from porch.people.identity.models import Person
from tests.community.leaving.helpers import OVER, SECOND, at_once, go, member_of
from tests.community.leaving.test_leave import subscribe
from tests.village import NOON, Village, add_person, add_steward, build_village


def test_a_second_before_nobody_is_archived(village: Village) -> None:
    go(village.ben)
    assert archive_leavers(at=OVER - SECOND) == 0
    assert Member.objects.filter(person=village.ben).exists()


def test_to_the_second_the_membership_goes_and_the_account_stays(village: Village) -> None:
    leaving = go(village.ben)
    assert archive_leavers(at=OVER) == 1
    assert not Member.objects.filter(person=village.ben).exists()
    assert not Arrival.objects.filter(member__person=village.ben).exists()
    assert Person.objects.filter(pk=village.ben.pk).exists()
    assert Promise.objects.get(pk=leaving.promise_id).state == "kept"


def test_who_wished_for_it_is_erased_whole(village: Village) -> None:
    leaving = go(village.ben, wants_erasure=True)
    assert archive_leavers(at=OVER) == 1
    assert not Person.objects.filter(pk=village.ben.pk).exists()
    assert Erasure.objects.get().person_id == village.ben.pk
    owed = Promise.objects.get(pk=leaving.promise_id)
    assert (owed.state, owed.owed_to_id) == ("kept", None)
    assert not Delivery.objects.filter(to_address="ben@example.org").exists(), "no other letter goes"


def test_an_account_that_something_else_needs_stays(village: Village) -> None:
    subscribe(village.ben)
    RoleHolder.objects.create(role_id=owner_role(), member=member_of(village.ben), given_at=NOON)
    eve = add_person("eve")
    Member.objects.create(person=eve, joined_at=NOON)
    RoleHolder.objects.create(role_id=owner_role(), member=member_of(eve), given_at=NOON)
    go(village.ada, wants_erasure=True)
    go(village.ben, wants_erasure=True)
    archive_leavers(at=OVER)
    assert Person.objects.filter(pk__in=[village.ada.pk, village.ben.pk]).count() == 2, (
        "one runs the server, the other is subscribed"
    )
    assert not Member.objects.filter(person__in=[village.ada, village.ben]).exists()


def test_a_subscriber_who_stopped_it_all_is_erased(village: Village) -> None:
    subscribe(village.ben)
    go(village.ben, wants_erasure=True, stops_mail=True)
    archive_leavers(at=OVER)
    assert not Person.objects.filter(pk=village.ben.pk).exists()


def owner_role() -> int:
    return RoleHolder.objects.filter(role__key="owner").values_list("role", flat=True)[0]


def test_what_they_did_for_others_stays_without_them(village: Village) -> None:
    whole = Circle.objects.get(is_whole=True)
    ben = member_of(village.ben)
    let_in(person=village.dov, circle=whole, way=Way.INVITE, brought_by=ben, at=NOON)
    go(village.ben)
    archive_leavers(at=OVER)
    assert Arrival.objects.get(member__person=village.dov).brought_by is None


def test_run_twice_it_does_no_more(village: Village) -> None:
    leaving = go(village.ben)
    assert archive(leaving.pk, at=OVER)
    assert not archive(leaving.pk, at=OVER)
    assert archive_leavers(at=OVER) == 0
    assert CommunityFactRow.objects.filter(kind="MemberArchived").count() == 1


def test_killed_in_the_middle_nothing_was_done(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    go(village.ben, wants_erasure=True)

    def killed(**_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("porch.community.leaving.archiving.erase_person", killed)
    with pytest.raises(KeyboardInterrupt):
        archive_leavers(at=OVER)
    assert Member.objects.filter(person=village.ben).exists()
    assert Leaving.objects.exists()
    monkeypatch.undo()
    assert archive_leavers(at=OVER) == 1


def test_one_that_fails_keeps_nobody_else_waiting(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    sol = add_steward()
    go(village.ben, wants_erasure=True)
    go(sol)

    def fails(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("porch.community.leaving.archiving.erase_person", fails)
    with pytest.raises(RuntimeError):
        archive_leavers(at=OVER)
    assert not Member.objects.filter(person=sol).exists()


def test_while_the_clock_is_in_doubt_nobody_is_archived(village: Village) -> None:
    go(village.ben)
    assert archive_leavers(at=OVER, hold=True) == 0
    assert Leaving.objects.exists()


def test_a_promise_that_was_settled_by_hand_stops_nothing(village: Village) -> None:
    leaving = go(village.ben)
    withdraw_promise(promise_id=leaving.promise_id, reason="a mistake", at=NOON)
    assert archive_leavers(at=OVER) == 1
    assert Promise.objects.get(pk=leaving.promise_id).state == "withdrawn"


def test_erased_in_the_middle_nothing_waits(village: Village) -> None:
    leaving = go(village.ben)
    erase_person(person=village.ben, by=None, at=NOON + SECOND)
    assert not Leaving.objects.exists()
    assert archive_leavers(at=OVER) == 0
    assert Promise.objects.get(pk=leaving.promise_id).owed_to_id is None


def test_answers_outlive_it_and_the_one_question_too(village: Village) -> None:
    said = Answers(why="Moved away", may_ask_again=True)
    leave(person=village.ben, wants_erasure=False, stops_mail=False, at=NOON, answers=said)
    archive_leavers(at=OVER)
    assert ExitAnswer.objects.get().why == "Moved away"
    ask = AskAgain.objects.get()
    assert ask.not_before == NOON + timedelta(days=365)
    assert forget_whom_to_ask(at=ask.not_before + ASKED_WITHIN - SECOND) == 0
    assert forget_whom_to_ask(at=ask.not_before + ASKED_WITHIN) == 1


def test_the_audit_of_their_account_stays(village: Village) -> None:
    before = AuditEntry.objects.filter(about_id=village.ben.pk).count()
    go(village.ben)
    archive_leavers(at=OVER)
    assert AuditEntry.objects.filter(about_id=village.ben.pk).count() == before > 0


@pytest.mark.django_db(transaction=True)
def test_two_workers_archive_once() -> None:
    village = build_village()
    leaving = go(village.ben, wants_erasure=True)
    came = at_once(lambda: archive(leaving.pk, at=OVER), lambda: archive(leaving.pk, at=OVER))
    assert sorted(map(bool, came)) == [False, True]


@pytest.mark.django_db(transaction=True)
def test_archived_and_erased_at_once_is_gone_once() -> None:
    village = build_village()
    leaving = go(village.ben, wants_erasure=True)
    at_once(
        lambda: archive(leaving.pk, at=OVER),
        lambda: erase_person(person=village.ben, by=village.ada, at=OVER),
    )
    assert Erasure.objects.filter(person_id=village.ben.pk).count() == 1
    assert not Member.objects.filter(person_id=village.ben.pk).exists()
