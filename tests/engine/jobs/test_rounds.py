"""Rounds: every few seconds, in one worker at a time, whatever else fails."""

import threading
from datetime import datetime
from uuid import uuid4

import pytest
from django.db import connection

from porch.engine.jobs.models import RoundState, Worker
from porch.engine.jobs.rounds import Round, Rounds, take
from tests.engine.jobs.conftest import enroll
from tests.village import NOON


@pytest.fixture
def gone() -> list[datetime]:
    return []


def rounds_of(*rounds: Round) -> Rounds:
    found = Rounds(rounds, enroll())
    found.begin()
    return found


def look(rounds: Rounds, moment: float) -> int:
    return rounds.look(moment=moment, tell=lambda: NOON)


def test_a_round_is_gone_at_once_and_then_every_so_many_seconds(db: None, gone: list[datetime]) -> None:
    rounds = rounds_of(Round("a", 10, gone.append))
    assert [look(rounds, moment) for moment in (0, 5, 9.9, 10, 12, 20)] == [1, 0, 0, 1, 0, 1]
    assert gone == [NOON] * 3
    state = RoundState.objects.get()
    assert (state.worker, state.runs, state.went_well_at, state.failures) == (None, 3, NOON, 0)


def test_a_round_that_fails_stops_nothing_else_and_shows(db: None, gone: list[datetime]) -> None:
    def fail(at: datetime) -> None:
        raise ValueError("on purpose")

    rounds = rounds_of(Round("bad", 10, fail), Round("good", 10, gone.append))
    assert look(rounds, 0) == 2
    assert look(rounds, 10) == 2
    bad = RoundState.objects.get(round="bad")
    assert (bad.failures, bad.failed_at, bad.worker) == (2, NOON, None)
    assert "on purpose" in bad.error
    assert len(gone) == 2


@pytest.mark.parametrize("text", ["\udcff", "\x00"], ids=["half a character", "NUL"])
def test_what_a_failure_says_cannot_keep_it_from_being_written_down(
    db: None, gone: list[datetime], caplog: pytest.LogCaptureFixture, text: str
) -> None:
    caplog.set_level("CRITICAL", "porch.worker")  # the runner of tests cannot pass half a character on

    def fail(at: datetime) -> None:
        raise ValueError(f"on purpose {text}")

    rounds = rounds_of(Round("bad", 10, fail), Round("good", 10, gone.append))
    assert look(rounds, 0) == 2
    bad = RoundState.objects.get(round="bad")
    assert (bad.failures, bad.worker, "on purpose" in bad.error) == (1, None, True)
    assert gone == [NOON]


def test_a_round_that_cannot_be_written_down_stops_no_other(db: None, gone: list[datetime]) -> None:
    def fail(at: datetime) -> None:
        raise ValueError

    times = iter([NOON, NOON, None])

    def tell() -> datetime:
        at = next(times, NOON)
        if at is None:
            raise OSError("no time to write down")
        return at

    rounds = rounds_of(Round("bad", 10, fail), Round("good", 10, gone.append))
    with pytest.raises(OSError, match="no time"):
        rounds.look(moment=0, tell=tell)
    assert gone == [NOON]


def test_two_workers_share_the_rounds(db: None, gone: list[datetime]) -> None:
    call = Round("a", 10, gone.append)
    one, other = rounds_of(call), rounds_of(call)
    assert look(one, 0) == 1
    assert look(other, 1_000) == 1, "it has not seen it gone yet"
    assert [look(one, 5), look(other, 1_005)] == [0, 0]
    # Each sees when the other went, and counts from there by its own clock.
    assert [look(one, 15.1), look(other, 1_010), look(other, 1_019)] == [1, 0, 0]
    assert len(gone) == 3


def test_a_round_that_somebody_is_on_is_left_alone(db: None, gone: list[datetime]) -> None:
    rounds = rounds_of(Round("a", 10, gone.append))
    RoundState.objects.update(worker=enroll())
    assert look(rounds, 0) == 0
    Worker.objects.exclude(pk=rounds.worker).delete()
    assert look(rounds, 1) == 1, "the other died of it"


def test_a_round_cut_off_half_way_is_gone_again_by_the_same_worker(db: None, gone: list[datetime]) -> None:
    rounds = rounds_of(Round("a", 10, gone.append))
    RoundState.objects.update(worker_id=rounds.worker)
    assert look(rounds, 0) == 1


@pytest.mark.django_db(transaction=True)
def test_of_workers_that_reach_for_a_round_one_gets_it() -> None:
    RoundState.objects.create(round="a")
    state = RoundState.objects.get()
    workers = [enroll() for _ in range(4)]
    start = threading.Barrier(4)
    got: list[bool] = []

    def race(worker: object) -> None:
        start.wait()
        got.append(take(state, worker, at=NOON))  # type: ignore[arg-type]
        connection.close()

    threads = [threading.Thread(target=race, args=(each,)) for each in workers]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(got) == [False, False, False, True]


def test_without_rounds_nobody_is_asked(db: None, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert look(Rounds((), uuid4()), 0) == 0
