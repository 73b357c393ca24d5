"""Work that comes round: once each time, by however many workers, whatever the clock does."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django_tasks_db.models import DBTaskResult

from porch.engine.jobs.clockwork import Clockwork
from porch.engine.jobs.models import Recurrence
from porch.engine.jobs.recurring import Calendar, Recurring, go_on
from porch.web.clockwork import RECURRING
from tests.engine.jobs.chores import touch
from tests.village import NOON

HOUR = timedelta(hours=1)
YEAR = timedelta(days=365)


class Ringing:
    """A task without arguments that enqueues a chore."""

    def enqueue(self) -> object:
        return touch.enqueue("/nowhere")


HOURLY = Recurring("hourly", "FREQ=HOURLY;BYMINUTE=30;BYSECOND=0", Ringing())


def begun(*recurring: Recurring, at: datetime = NOON) -> Calendar:
    calendar = Calendar(recurring)
    calendar.begin(at=at)
    return calendar


def jobs() -> int:
    return DBTaskResult.objects.count()


def test_work_is_enqueued_when_it_falls_due_and_not_before(db: None) -> None:
    calendar = begun(HOURLY)
    assert calendar.look(at=NOON + timedelta(minutes=29)) == 0
    assert calendar.look(at=NOON + timedelta(minutes=30)) == 1
    assert calendar.look(at=NOON + timedelta(minutes=30, seconds=1)) == 0
    assert jobs() == 1
    row = Recurrence.objects.get()
    assert row.next_at == NOON + timedelta(minutes=90)
    assert row.last_job == DBTaskResult.objects.get().pk


def test_what_was_missed_is_made_up_for_once(db: None) -> None:
    begun(HOURLY)
    calendar = begun(HOURLY, at=NOON + timedelta(days=7))
    assert calendar.look(at=NOON + timedelta(days=7)) == 1
    assert calendar.look(at=NOON + timedelta(days=7, minutes=1)) == 0


def test_a_clock_set_back_by_a_year_brings_neither_a_flood_nor_a_year_of_silence(db: None) -> None:
    calendar = begun(HOURLY, at=NOON + YEAR)
    calendar.look(at=NOON + YEAR + HOUR)
    assert jobs() == 1
    done = [calendar.look(at=NOON + n * timedelta(minutes=15)) for n in range(1, 9)]
    assert sum(done) == 2
    assert Recurrence.objects.get().next_at == NOON + timedelta(minutes=150)


def test_a_clock_set_forward_by_a_year_rings_once(db: None) -> None:
    calendar = begun(HOURLY)
    assert calendar.look(at=NOON + YEAR) == 1
    assert calendar.look(at=NOON + YEAR + timedelta(seconds=1)) == 0


def test_a_rule_that_changed_is_taken_up(db: None) -> None:
    begun(HOURLY)
    begun(Recurring("hourly", "FREQ=DAILY;BYHOUR=3;BYMINUTE=0;BYSECOND=0", Ringing()))
    assert Recurrence.objects.get().next_at == datetime(2026, 3, 3, 3, tzinfo=UTC)


def test_a_worker_of_another_version_leaves_the_new_rule_alone(db: None) -> None:
    old = begun(HOURLY)
    begun(Recurring("hourly", "FREQ=DAILY;BYHOUR=3;BYMINUTE=0;BYSECOND=0", Ringing()))
    assert old.look(at=NOON + timedelta(days=2)) == 0
    assert jobs() == 0


def test_a_name_that_vanished_is_forgotten(db: None) -> None:
    begun(HOURLY)
    begun()
    assert not Recurrence.objects.exists()


@pytest.mark.parametrize(
    ("rule", "first", "second"),
    [
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;BYHOUR=9;BYMINUTE=0;BYSECOND=0",
            "2026-03-09 09:00",
            "2026-03-23 09:00",
        ),
        ("FREQ=MONTHLY", "2026-04-01 00:00", "2026-05-01 00:00"),
        ("FREQ=HOURLY;INTERVAL=6", "2026-03-02 18:00", "2026-03-03 00:00"),
        ("FREQ=MINUTELY;INTERVAL=10", "2026-03-02 12:10", "2026-03-02 12:20"),
    ],
)
def test_rules_keep_their_step(rule: str, first: str, second: str) -> None:
    recurring = Recurring("x", rule, Ringing())
    due = recurring.after(NOON)
    assert due == datetime.fromisoformat(f"{first}+00:00")
    assert recurring.after(due) == datetime.fromisoformat(f"{second}+00:00")
    assert recurring.after(due - timedelta(seconds=1)) == due, "it does not matter from where one looks"


@pytest.mark.parametrize(
    "rule", ["FREQ=SOMETIMES", "", "FREQ=DAILY;COUNT=3", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"]
)
def test_a_rule_that_makes_no_sense_is_refused_where_it_is_written(rule: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the library's words differ
        Recurring("x", rule, Ringing())


@pytest.mark.django_db(transaction=True)
def test_of_workers_that_look_at_once_one_enqueues() -> None:
    begun(HOURLY)
    start = threading.Barrier(4)
    got: list[object] = []

    def race() -> None:
        start.wait()
        got.append(go_on(HOURLY, at=NOON + HOUR))
        connection.close()

    threads = [threading.Thread(target=race) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert jobs() == 1
    assert len([each for each in got if each]) == 1


def test_two_of_one_name_are_refused() -> None:
    with pytest.raises(ValueError, match="hourly"):
        Clockwork(recurring=(HOURLY, HOURLY))


def test_the_houses_own_work_comes_round(db: None) -> None:
    calendar = begun(*RECURRING)
    assert calendar.look(at=NOON + 2 * YEAR) == len(RECURRING) > 0
