"""What follows what, and what a killed worker leaves behind."""

from datetime import timedelta

import pytest

from porch.engine.outbox import actions
from porch.engine.outbox.actions import Attempt, NothingToRetry, Outcome
from porch.engine.outbox.models import Delivery, DeliveryBody
from porch.engine.outbox.states import (
    ATTEMPT_LASTS,
    MAY_BECOME,
    RING_AGAIN,
    SECRET_LASTS,
    SPACING,
    Priority,
    State,
)
from tests.village import NOON

pytestmark = pytest.mark.django_db
DONE = Outcome(State.ACCEPTED)


def put(state: State = State.QUEUED, *, is_secret: bool = False) -> Delivery:
    row = Delivery(
        carrier="mail", kind="test", to_address="c@example.org", address_hash="0", subject="A", ground="test",
        priority=Priority.NORMAL, is_secret=is_secret, message_id="<a@b>", state=state, queued_at=NOON,
        changed_at=NOON, next_try_at=NOON,
    )  # fmt: skip
    return actions.put_in(delivery=row, data=b"body")


def begin(row: Delivery, at: object = NOON) -> Attempt:
    attempt = actions.take_up(delivery_id=row.pk, at=at, object_to=lambda row: "")  # type: ignore[arg-type]
    assert attempt
    return attempt


def state(row: Delivery) -> str:
    return Delivery.objects.get(pk=row.pk).state


def passes(attempt: Attempt, at: object = NOON, word: str = "") -> bool:
    return actions.pass_return(attempt=attempt, at=at, object_to=lambda row: word)  # type: ignore[arg-type]


def test_only_one_of_two_takes_it_up() -> None:
    row = put()
    begin(row)
    assert actions.take_up(delivery_id=row.pk, at=NOON, object_to=lambda row: "") is None


def test_a_killed_attempt_waits_again_if_nothing_had_left() -> None:
    begin(row := put())
    actions.reconcile(at=NOON + ATTEMPT_LASTS - timedelta(seconds=1))
    assert state(row) == State.SENDING
    actions.reconcile(at=NOON + ATTEMPT_LASTS)
    assert state(row) == State.QUEUED


def test_a_killed_attempt_is_uncertain_if_something_had() -> None:
    passes(begin(row := put()))
    actions.reconcile(at=NOON + ATTEMPT_LASTS)
    assert state(row) == State.UNCERTAIN
    actions.reconcile(at=NOON + timedelta(days=365))
    assert actions.due(at=NOON + timedelta(days=365), carrier="mail") == []


def test_attempts_that_keep_being_killed_are_given_up() -> None:
    row, at = put(), NOON
    for _ in SPACING[Priority.NORMAL]:
        begin(row, at)
        actions.reconcile(at=at + ATTEMPT_LASTS)
        at = Delivery.objects.get().next_try_at or at
    begin(row, at)
    actions.reconcile(at=at + ATTEMPT_LASTS)
    assert state(row) == State.FAILED


def test_an_attempt_that_was_taken_for_dead_may_not_send() -> None:
    slow = begin(row := put())
    actions.reconcile(at=NOON + ATTEMPT_LASTS)
    assert not passes(slow)
    begin(row, NOON + timedelta(hours=1))
    assert not passes(slow), "nor in the name of the next one"
    assert actions.settle(attempt=slow, outcome=DONE, at=NOON) is None


def test_a_slow_answer_makes_certain_what_was_uncertain() -> None:
    slow = begin(row := put())
    passes(slow)
    actions.reconcile(at=NOON + ATTEMPT_LASTS)
    assert actions.settle(attempt=slow, outcome=DONE, at=NOON) == State.ACCEPTED
    assert state(row) == State.ACCEPTED


def test_an_objection_at_the_last_moment_excludes() -> None:
    assert not passes(begin(row := put()), word="withdrawn")
    assert state(row) == State.EXCLUDED


@pytest.mark.parametrize("end", [State.ACCEPTED, State.EXCLUDED, State.FAILED, State.KEPT])
def test_what_is_settled_stays(end: State) -> None:
    assert end not in MAY_BECOME
    row = put()
    row.state, row.reason = end, "because"
    row.save()
    with pytest.raises(ValueError, match="does not become"):
        actions.become(row, State.QUEUED, NOON)


@pytest.mark.parametrize(
    ("was", "may"),
    [(State.FAILED, True), (State.UNCERTAIN, True), (State.KEPT, True), (State.ACCEPTED, False),
     (State.EXCLUDED, False), (State.QUEUED, False)],
)  # fmt: skip
def test_by_hand_only_some_are_sent_again(was: State, may: bool) -> None:
    row = put()
    Delivery.objects.update(state=was, reason="because")
    if may:
        assert actions.retry(delivery_id=row.pk, at=NOON).state == State.QUEUED
    else:
        with pytest.raises(NothingToRetry):
            actions.retry(delivery_id=row.pk, at=NOON)


def test_a_bell_that_nobody_heard_is_rung_again_and_not_before() -> None:
    row = put()
    assert actions.due(at=NOON, carrier="mail") == [(row.pk, Priority.NORMAL)]
    assert actions.due(at=NOON, carrier="mail") == []
    assert actions.due(at=NOON + RING_AGAIN, carrier="mail") == [(row.pk, Priority.NORMAL)]


@pytest.mark.parametrize("was", [State.KEPT, State.FAILED, State.UNCERTAIN, State.QUEUED])
def test_a_secret_is_wiped_after_a_day_wherever_it_lies(was: State) -> None:
    secret, plain = put(is_secret=True), put()
    Delivery.objects.update(state=was, reason="because")
    actions.wipe_secrets(at=NOON + SECRET_LASTS - timedelta(seconds=1))
    assert DeliveryBody.objects.count() == 2
    actions.wipe_secrets(at=NOON + SECRET_LASTS)
    assert [each.delivery_id for each in DeliveryBody.objects.all()] == [plain.pk]
    assert state(secret) == (State.FAILED if was == State.QUEUED else was)
