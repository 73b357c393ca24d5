"""Consumers hear every fact in order; what they write and their place move together."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from porch.community.membership.facts import MemberJoined
from porch.engine.facts.consuming import Consumer
from porch.engine.facts.hearing import Hearing, hear_some
from porch.engine.facts.noting import note_all
from porch.engine.facts.pull import Pulled, pull
from porch.engine.models import CacheEntry, ConsumerPlace
from tests.village import NOON


def happen(*numbers: int) -> None:
    with transaction.atomic():
        note_all(MemberJoined(member_id=n, person_id=n, at=NOON) for n in numbers)


def hearing(*consumers: Consumer) -> Hearing:
    found = Hearing(consumers)
    found.begin()
    return found


def go_on(hearing: Hearing, moment: float = 0) -> None:
    while hearing.look(moment=moment, tell=lambda: NOON):
        pass


def place(name: str = "a") -> ConsumerPlace:
    return ConsumerPlace.objects.get(pk=name)


@pytest.fixture
def heard() -> list[int]:
    return []


@pytest.fixture
def hear(heard: list[int]) -> Callable[[Pulled], None]:
    def hear(fact: Pulled) -> None:
        heard.append(fact.ids["member_id"])

    return hear


@pytest.fixture
def stumbling(heard: list[int]) -> Callable[[Pulled], None]:
    """Hear all but the numbers that can be divided by 5."""

    def hear(fact: Pulled) -> None:
        CacheEntry.objects.create(cache_key=f"heard {fact.id}", value="", expires=NOON)
        if fact.ids["member_id"] % 5 == 0:
            raise ValueError(f"not {fact.ids['member_id']} \x00")
        heard.append(fact.ids["member_id"])

    return hear


def test_facts_are_heard_in_order_and_once(
    db: None, hear: Callable[[Pulled], None], heard: list[int]
) -> None:
    found = hearing(Consumer("a", "community", hear))
    happen(*range(250))
    go_on(found)
    happen(250)
    go_on(found)
    assert heard == list(range(251))
    assert place().heard == pull("community", after=place().heard - 1)[-1].id


def test_a_worker_that_starts_anew_goes_on_where_the_last_one_was(
    db: None, hear: Callable[[Pulled], None], heard: list[int]
) -> None:
    for n in range(3):
        happen(n)
        go_on(hearing(Consumer("a", "community", hear)))
    assert heard == [0, 1, 2]


def test_a_new_consumer_begins_with_the_first_fact_or_with_now(
    db: None, hear: Callable[[Pulled], None], heard: list[int]
) -> None:
    happen(1)
    late = hearing(Consumer("a", "community", hear, begins="now"))
    happen(2)
    go_on(late)
    assert heard == [2]
    go_on(hearing(Consumer("b", "community", hear)))
    assert heard == [2, 1, 2]


def test_kinds_that_a_consumer_does_not_want_pass_by(
    db: None, hear: Callable[[Pulled], None], heard: list[int]
) -> None:
    happen(1)
    go_on(hearing(Consumer("a", "community", hear, kinds=("MemberLeft",))))
    assert heard == []
    assert place().heard > 0


def test_a_consumer_that_fails_stands_still_and_the_others_go_on(
    db: None, stumbling: Callable[[Pulled], None], hear: Callable[[Pulled], None], heard: list[int]
) -> None:
    others: list[int] = []
    good = Consumer("good", "community", lambda fact: others.append(fact.ids["member_id"]))
    happen(1, 2, 3, 5, 6)
    found = hearing(Consumer("a", "community", stumbling), good)
    go_on(found)
    fifth = pull("community")[3]
    assert others == [1, 2, 3, 5, 6]
    assert (place().stuck_at, place().failures, place().failed_at) == (fifth.id, 1, NOON)
    assert "not 5" in place().error
    assert pull("community", after=place().heard)[0].id == fifth.id
    assert list(dict.fromkeys(heard)) == [1, 2, 3], "some more than once: what failed beside them was undone"
    assert CacheEntry.objects.count() == 3, "what it wrote of the fact that failed is gone"


@pytest.mark.parametrize("text", ["\udcff", "\x00"], ids=["half a character", "NUL"])
def test_what_a_failure_says_cannot_keep_it_from_being_written_down(
    db: None,
    hear: Callable[[Pulled], None],
    heard: list[int],
    caplog: pytest.LogCaptureFixture,
    text: str,
) -> None:
    caplog.set_level("CRITICAL", "porch.facts")  # the runner of tests cannot pass half a character on

    def fail(fact: Pulled) -> None:
        raise ValueError(f"on purpose {text}")

    happen(1)
    go_on(hearing(Consumer("a", "community", fail), Consumer("good", "community", hear)))
    assert (place().failures, "on purpose" in place().error) == (1, True)
    assert heard == [1]


def test_a_consumer_whose_place_is_lost_stops_no_other(
    db: None, hear: Callable[[Pulled], None], heard: list[int]
) -> None:
    happen(1)
    found = hearing(Consumer("lost", "community", hear), Consumer("good", "community", hear))
    ConsumerPlace.objects.get(pk="lost").delete()
    with pytest.raises(ConsumerPlace.DoesNotExist):
        go_on(found)
    assert heard == [1]


def test_it_tries_again_ever_more_rarely(db: None, stumbling: Callable[[Pulled], None]) -> None:
    happen(5)
    found = hearing(Consumer("a", "community", stumbling))
    failures = []
    for moment in (0, 0.5, 1, 5.9, 6.1, 30, 36.2):
        go_on(found, moment)
        failures.append(place().failures)
    assert failures == [1, 1, 2, 2, 3, 3, 4]


def test_it_goes_on_by_itself_when_the_cause_is_gone(db: None, heard: list[int]) -> None:
    is_broken = True

    def hear(fact: Pulled) -> None:
        if is_broken:
            raise ConnectionError
        heard.append(fact.ids["member_id"])

    happen(1, 2)
    found = hearing(Consumer("a", "community", hear))
    go_on(found)
    is_broken = False
    go_on(found, 2)
    assert heard == [1, 2]
    assert (place().stuck_at, place().failures) == (None, 0)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_run_one_consumer_at_once() -> None:
    lock, start = threading.Lock(), threading.Barrier(3)
    heard: list[int] = []
    together: list[int] = []

    def hear(fact: Pulled) -> None:
        if not lock.acquire(blocking=False):
            together.append(fact.id)
            return
        heard.append(fact.ids["member_id"])
        lock.release()

    consumer = Consumer("a", "community", hear)
    hearing(consumer)
    happen(*range(60))

    def race() -> None:
        start.wait()
        for _ in range(60):
            hear_some(consumer, pull("community", after=ConsumerPlace.objects.get().heard, most=3) or last)
        connection.close()

    last = pull("community")[-1:]
    threads = [threading.Thread(target=race) for _ in range(3)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    go_on(Hearing([consumer]))
    assert together == []
    assert heard == list(range(60))


def test_an_idle_look_asks_for_the_newest_fact_and_no_more(
    db: None, hear: Callable[[Pulled], None], django_assert_num_queries: Callable[..., object]
) -> None:
    happen(1)
    found = hearing(Consumer("a", "community", hear), Consumer("b", "community", hear))
    go_on(found)
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        go_on(found)
