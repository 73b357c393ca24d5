"""Keeping: in time to the microsecond, late, twice, and at the same moment as somebody else."""

import pytest
from django.db import IntegrityError, transaction

from porch.engine.promises.actions import (
    ClockIsInDoubt,
    DeadlineHasPassed,
    PromiseIsSettled,
    keep_promise,
    make_good,
    reopen_promise,
    withdraw_promise,
)
from porch.engine.promises.models import PromiseChange
from porch.engine.promises.overdue import notice_overdue
from porch.engine.promises.states import GRAPH
from porch.kit.refusals import NotFound
from porch.kit.text import LineIsEmpty, LineIsNotPlain, LineIsTooLong
from tests.engine.promises.owing import DUE, HOUR, MICROSECOND, at_once, facts, owe, state, story
from tests.village import NOON


def test_at_the_deadline_it_is_kept(db: None) -> None:
    owed = keep_promise(promise_id=owe().pk, at=DUE, by_id=1, reason="The roof is dry.")
    assert (owed.state, owed.since) == ("kept", DUE)
    step = owed.story.get()
    assert (step.state, step.at, step.by_id, step.reason) == ("kept", DUE, 1, "The roof is dry.")
    assert facts() == ["PromiseMade", "PromiseKept"]


def test_a_microsecond_later_it_is_broken_and_made_good(db: None) -> None:
    owed = keep_promise(promise_id=owe().pk, at=DUE + MICROSECOND)
    assert story(owed) == ["broken", "made-good"]
    assert facts() == ["PromiseMade", "PromiseBroken", "PromiseRedeemed"]


def test_keeping_what_was_noticed_as_broken_makes_it_good(db: None) -> None:
    owed = owe()
    notice_overdue(at=DUE + HOUR)
    keep_promise(promise_id=owed.pk, at=DUE + HOUR * 2)
    assert story(owed) == ["broken", "made-good"]


def test_kept_twice_is_kept_once(db: None) -> None:
    for owed in (owe(), owe(due_at=NOON)):
        for _ in range(3):
            keep_promise(promise_id=owed.pk, at=DUE)
    assert facts().count("PromiseKept") == 1
    assert facts().count("PromiseRedeemed") == 1


def test_with_a_doubtful_clock_nothing_late_is_judged(db: None) -> None:
    owed = owe()
    with pytest.raises(ClockIsInDoubt):
        keep_promise(promise_id=owed.pk, at=DUE + HOUR, hold=True)
    assert story(owed) == []
    assert keep_promise(promise_id=owed.pk, at=DUE, hold=True).state == "kept"


def test_with_a_clock_set_back_in_doubt_nothing_broken_becomes_kept(db: None) -> None:
    owed = owe()
    notice_overdue(at=DUE + HOUR)
    with pytest.raises(ClockIsInDoubt):
        keep_promise(promise_id=owed.pk, at=NOON, hold=True)
    assert story(owed) == ["broken"]


def test_withdrawing_needs_a_reason_that_can_be_read(db: None) -> None:
    owed = owe()
    for reason, why in (("", LineIsEmpty), ("a\x07b", LineIsNotPlain), ("x" * 501, LineIsTooLong)):
        with pytest.raises(why):
            withdraw_promise(promise_id=owed.pk, reason=reason, at=NOON)
    withdrawn = withdraw_promise(promise_id=owed.pk, reason="The roof is gone.", at=NOON)
    assert (withdrawn.state, withdrawn.story.get().reason) == ("withdrawn", "The roof is gone.")


def test_what_is_withdrawn_is_neither_kept_nor_broken(db: None) -> None:
    owed = owe()
    withdraw_promise(promise_id=owed.pk, reason="No roof.", at=NOON)
    for verb in (keep_promise, make_good):
        with pytest.raises(PromiseIsSettled):
            verb(promise_id=owed.pk, at=NOON)
    assert notice_overdue(at=DUE + HOUR).broken == 0


def test_only_a_broken_promise_is_made_good(db: None) -> None:
    owed = owe()
    with pytest.raises(PromiseIsSettled):
        make_good(promise_id=owed.pk, at=NOON)
    notice_overdue(at=DUE + HOUR)
    assert make_good(promise_id=owed.pk, at=DUE + HOUR * 9).state == "made-good"


def test_a_mistake_is_taken_back_and_the_story_says_so(db: None) -> None:
    owed = owe()
    keep_promise(promise_id=owed.pk, at=NOON)
    with pytest.raises(LineIsEmpty):
        reopen_promise(promise_id=owed.pk, reason=" ", at=NOON)
    reopen_promise(promise_id=owed.pk, reason="It was the other roof.", at=NOON)
    withdraw_promise(promise_id=owed.pk, reason="No roof.", at=NOON)
    reopen_promise(promise_id=owed.pk, reason="There is one.", at=NOON)
    notice_overdue(at=DUE + MICROSECOND)
    make_good(promise_id=owed.pk, at=DUE + HOUR)
    reopen_promise(promise_id=owed.pk, reason="Still wet.", at=DUE + HOUR)
    assert story(owed) == ["kept", "owed", "withdrawn", "owed", "broken", "made-good", "broken"]
    assert facts().count("PromiseReopened") == 3


def test_what_is_broken_stays_broken_unless_the_clock_was_wrong(db: None) -> None:
    owed = owe()
    notice_overdue(at=DUE + HOUR * 9_000)
    with pytest.raises(DeadlineHasPassed):
        reopen_promise(promise_id=owed.pk, reason="Please.", at=DUE + MICROSECOND)
    reopen_promise(promise_id=owed.pk, reason="The clock was a year ahead.", at=NOON)
    assert keep_promise(promise_id=owed.pk, at=DUE).state == "kept"


def test_no_step_leads_where_the_graph_has_none(db: None) -> None:
    assert {to for ways in GRAPH.values() for to in ways} <= GRAPH.keys()
    owed = owe()
    with pytest.raises(PromiseIsSettled):
        reopen_promise(promise_id=owed.pk, reason="Why not.", at=NOON)


def test_a_promise_that_is_not_there_is_not_found(db: None) -> None:
    with pytest.raises(NotFound):
        keep_promise(promise_id=10**17, at=NOON)


def test_the_story_only_grows(db: None) -> None:
    owed = keep_promise(promise_id=owe().pk, at=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        owed.story.get().delete()
    with pytest.raises(IntegrityError), transaction.atomic():
        PromiseChange.objects.create(promise=owed, number=1, state="broken", at=NOON)


@pytest.mark.django_db(transaction=True)
def test_two_who_keep_at_once_keep_it_once() -> None:
    owed = owe()
    at_once(*[lambda: keep_promise(promise_id=owed.pk, at=NOON)] * 4)
    assert story(owed) == ["kept"]
    assert facts() == ["PromiseMade", "PromiseKept"]


@pytest.mark.django_db(transaction=True)
def test_keeping_and_noticing_at_once_leaves_one_settlement() -> None:
    made = [owe() for _ in range(6)]
    for owed in made:
        at_once(
            lambda pk=owed.pk: keep_promise(promise_id=pk, at=DUE),
            lambda: notice_overdue(at=DUE + MICROSECOND),
            lambda: notice_overdue(at=DUE + MICROSECOND),
        )
    notice_overdue(at=DUE + MICROSECOND)
    for owed in made:
        assert state(owed) == "kept", "whoever keeps in time is not late because somebody else was quicker"
        assert story(owed) in (["kept"], ["broken", "owed", "kept"])


@pytest.mark.django_db(transaction=True)
def test_keeping_and_withdrawing_at_once_leaves_one_settlement() -> None:
    owed = owe()
    came = at_once(
        lambda: keep_promise(promise_id=owed.pk, at=NOON),
        lambda: withdraw_promise(promise_id=owed.pk, reason="No roof.", at=NOON),
    )
    assert sum(isinstance(each, PromiseIsSettled) for each in came) == 1
    assert len(story(owed)) == 1
