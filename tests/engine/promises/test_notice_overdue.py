"""Noticing what is overdue: once, in batches, after any downtime, and never while the clock is in doubt."""

from datetime import timedelta

import pytest

from porch.engine.promises import overdue
from porch.engine.promises.overdue import notice_overdue
from porch.web.clockwork import ROUNDS
from tests.engine.promises.owing import DUE, MICROSECOND, at_once, facts, owe, state, story

WEEK = timedelta(days=7)


def test_what_is_overdue_is_broken_and_noted(db: None) -> None:
    owed = owe()
    assert notice_overdue(at=DUE).broken == 0
    assert notice_overdue(at=DUE + MICROSECOND).broken == 1
    assert state(owed) == "broken"
    assert facts() == ["PromiseMade", "PromiseBroken"]


def test_it_is_noticed_once_also_after_a_week_of_downtime(db: None) -> None:
    for _ in range(3):
        owe()
    assert [notice_overdue(at=DUE + WEEK).broken for _ in range(3)] == [3, 0, 0]
    assert facts().count("PromiseBroken") == 3


def test_many_are_noticed_in_batches_and_the_rest_next_time(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overdue, "BATCH", 3)
    monkeypatch.setattr(overdue, "MOST_BATCHES", 2)
    made = [owe(due_at=DUE - timedelta(minutes=n)) for n in range(8)]
    assert notice_overdue(at=DUE + WEEK).broken == 6
    assert [state(owed) for owed in made] == ["owed"] * 2 + ["broken"] * 6, "the oldest first"
    assert notice_overdue(at=DUE + WEEK).broken == 2


def test_while_the_clock_is_in_doubt_nothing_is_broken(db: None) -> None:
    owed = owe()
    noticed = notice_overdue(at=DUE + 52 * WEEK, hold=True)
    assert (noticed.broken, noticed.held) == (0, 1)
    assert story(owed) == []
    assert notice_overdue(at=DUE, hold=True).held == 0


def test_a_clock_set_back_breaks_nothing(db: None) -> None:
    owed = owe()
    assert notice_overdue(at=DUE - 52 * WEEK).broken == 0
    assert state(owed) == "owed"


def test_the_clockwork_notices_within_a_minute(db: None) -> None:
    (round_,) = [each for each in ROUNDS if each.name == "overdue promises"]
    assert round_.seconds <= 30
    owed = owe()
    round_.call(DUE + MICROSECOND)
    assert state(owed) == "broken"


@pytest.mark.django_db(transaction=True)
def test_workers_that_notice_at_once_mark_nothing_twice() -> None:
    made = [owe() for _ in range(20)]
    at_once(*[lambda: notice_overdue(at=DUE + WEEK)] * 4)
    notice_overdue(at=DUE + WEEK)
    assert [story(owed) for owed in made] == [["broken"]] * 20
    assert facts().count("PromiseBroken") == 20
