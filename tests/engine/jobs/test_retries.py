from datetime import timedelta

import pytest

from porch.engine.jobs.holding import call_back, claim
from porch.engine.jobs.retries import LONGEST, ONCE, GiveUp, Retry, retry_of
from porch.engine.jobs.running import run
from porch.kit.refusals import Conflict
from tests.engine.jobs.chores import fail_with, stumble, touch
from tests.engine.jobs.conftest import enroll
from tests.village import NOON

LATER = NOON + timedelta(days=400)


def test_waits_grow_and_end() -> None:
    waits = [Retry().wait_after(n, ValueError()) for n in range(1, 7)]
    assert waits[-1] is None
    found = [each for each in waits if each is not None]
    assert found == sorted(found)
    for wait, least in zip(found, Retry().spacing, strict=True):
        assert least <= wait <= least * 1.25


@pytest.mark.parametrize("error", [GiveUp(), Conflict(), ModuleNotFoundError()])
def test_what_stays_a_no_is_not_asked_again(error: Exception) -> None:
    assert Retry().wait_after(1, error) is None


def test_once_means_once() -> None:
    assert ONCE.wait_after(1, ValueError()) is None


def test_a_wait_beyond_reason_is_refused() -> None:
    with pytest.raises(ValueError, match="between"):
        Retry(spacing=(LONGEST * 2,))


def test_a_task_is_retried_as_is_said_beside_it() -> None:
    assert len(retry_of(fail_with.module_path).spacing) == 2
    assert retry_of(touch.module_path) == Retry()


def test_a_retry_does_not_wait_for_a_clock_that_was_set_back(db: None) -> None:
    stumble.enqueue("/nowhere/at/all")
    touch.using(run_after=LATER + timedelta(days=3)).enqueue("/put/off/on/purpose")
    held = claim(enroll(), at=LATER)
    assert held is not None
    run(held)
    assert call_back(later_than=NOON) == 1
    again = claim(enroll(), at=NOON)
    assert again is not None
    assert again.job.pk == held.job.pk
    assert claim(enroll(), at=NOON) is None
