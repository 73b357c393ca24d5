import threading
from datetime import timedelta

import pytest
from django.db import connection

from porch.people.sign_in.limits import Rate, TooManyTries, count, forgive, place_of
from porch.people.sign_in.models import Tally
from tests.village import NOON

THREE = Rate("three", 3, timedelta(minutes=15))
MINUTE = timedelta(minutes=1)


def test_the_fourth_of_three_is_refused_and_told_when(db: None) -> None:
    for _ in range(3):
        count(THREE, "ben", at=NOON)
    with pytest.raises(TooManyTries) as refused:
        count(THREE, "ben", at=NOON + 5 * MINUTE)
    assert refused.value.values["minutes"] == 10
    assert "10 min" in refused.value.advice


def test_when_the_span_is_over_one_may_again(db: None) -> None:
    for _ in range(3):
        count(THREE, "ben", at=NOON)
    count(THREE, "ben", at=NOON + 15 * MINUTE)


def test_others_are_not_concerned(db: None) -> None:
    for _ in range(3):
        count(THREE, "ben", at=NOON)
    count(THREE, "ada", at=NOON)
    count(Rate("other", 1, MINUTE), "ben", at=NOON)


def test_what_was_right_does_not_count(db: None) -> None:
    for _ in range(10):
        count(THREE, "ben", at=NOON)
        forgive(THREE, "ben")


def test_a_clock_set_back_shuts_nobody_out(db: None) -> None:
    for _ in range(3):
        count(THREE, "ben", at=NOON)
    forgive(THREE, "ben")
    count(THREE, "ben", at=NOON - timedelta(days=365))
    assert Tally.objects.get().until == NOON - timedelta(days=365) + THREE.per


def test_a_request_that_was_read_a_moment_earlier_forgives_nothing(db: None) -> None:
    for _ in range(3):
        count(THREE, "ben", at=NOON)
    with pytest.raises(TooManyTries):
        count(THREE, "ben", at=NOON - timedelta(microseconds=1))
    with pytest.raises(TooManyTries):
        count(THREE, "ben", at=NOON)


def test_neither_an_address_nor_a_place_is_kept(db: None) -> None:
    count(THREE, "ben@example.org", at=NOON)
    assert "ben" not in str(Tally.objects.values())


def test_spans_that_are_over_are_cleared_away(db: None) -> None:
    for name in ("ben", "ada", "dov"):
        count(THREE, name, at=NOON)
    count(THREE, "ben", at=NOON + 15 * MINUTE)
    assert Tally.objects.count() == 1


def test_places(db: None) -> None:
    assert place_of("192.0.2.7") == "192.0.2.7"
    assert place_of("2001:db8::1") == place_of("2001:db8::ffff") != place_of("2001:db8:0:1::1")
    assert place_of("") == ""


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_are_counted_as_twenty() -> None:
    start, came = threading.Barrier(20), []

    def go() -> None:
        start.wait()
        try:
            count(THREE, "ben", at=NOON)
            came.append(True)
        except TooManyTries:
            came.append(False)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (came.count(True), came.count(False)) == (3, 17)
