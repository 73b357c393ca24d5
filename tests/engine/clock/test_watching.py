"""The wall clock is compared with the time since the boot, and with what was written down."""

from datetime import timedelta

import pytest

from porch.engine.clock.actions import acknowledge_jump
from porch.engine.clock.boot import this_boot, time_since_boot
from porch.engine.clock.reads import clock_is_doubtful, open_jumps
from porch.engine.clock.watching import ClockWatch
from porch.engine.facts.pull import pull
from porch.engine.models import ClockJump, ClockMark
from porch.kit.refusals import NotFound
from tests.village import NOON

SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
YEAR = 365 * DAY


def look(watch: ClockWatch, *, passed: timedelta, jumped: timedelta = timedelta()) -> ClockJump | None:
    """Look so long after a boot at noon, with a clock that is off by ``jumped``."""
    return watch.look(at=NOON + passed + jumped, up=passed)


def test_time_that_passes_is_no_jump(db: None) -> None:
    watch = ClockWatch("boot")
    for minutes in range(0, 120, 7):
        # A clock that is kept right by small steps: half a minute in two hours.
        assert look(watch, passed=minutes * 60 * SECOND, jumped=minutes * SECOND / 4) is None
    assert not ClockJump.objects.exists()


def test_a_machine_that_slept_for_a_week_is_no_jump(db: None) -> None:
    watch = ClockWatch("boot")
    look(watch, passed=SECOND)
    assert look(watch, passed=7 * DAY) is None
    assert not clock_is_doubtful()


@pytest.mark.parametrize("by", [YEAR, -YEAR, 2 * HOUR, -2 * HOUR])
def test_a_jump_is_noticed_at_the_next_look_and_noted_once(db: None, by: timedelta) -> None:
    watch = ClockWatch("boot")
    look(watch, passed=SECOND)
    look(watch, passed=2 * SECOND, jumped=by)
    assert look(watch, passed=3 * SECOND, jumped=by) is None
    jump = ClockJump.objects.get()
    assert (jump.seconds, jump.within_boot, jump.expected_at) == (by // SECOND, True, NOON + 2 * SECOND)
    (fact,) = pull("community")
    assert fact.ids == {"jump_id": jump.pk, "seconds": jump.seconds, "is_measured": True}


def test_a_jump_while_porch_was_stopped_is_noticed_by_the_boot(db: None) -> None:
    look(ClockWatch("boot"), passed=SECOND)
    look(ClockWatch("boot"), passed=DAY, jumped=YEAR)
    assert ClockJump.objects.get().within_boot
    assert clock_is_doubtful()


def test_a_machine_that_was_off_for_a_week_is_no_doubt(db: None) -> None:
    look(ClockWatch("boot"), passed=DAY)
    assert ClockWatch("next").look(at=NOON + 8 * DAY, up=SECOND) is None
    assert not clock_is_doubtful()


def test_time_does_not_run_backwards_while_the_machine_is_off(db: None) -> None:
    look(ClockWatch("boot"), passed=DAY)
    ClockWatch("next").look(at=NOON - YEAR, up=SECOND)
    jump = ClockJump.objects.get()
    assert (jump.within_boot, jump.expected_at) == (False, NOON + DAY)
    ClockWatch("third").look(at=NOON - YEAR + HOUR, up=SECOND)
    assert ClockJump.objects.count() == 1, "it is told once"


def test_a_boot_without_a_name_is_known_by_its_time(db: None) -> None:
    """Where the system does not name its boots, two of them look like one whose time ran back."""
    look(ClockWatch("of here"), passed=DAY)
    assert ClockWatch("of here").look(at=NOON + 3 * DAY, up=SECOND) is None
    assert not ClockJump.objects.exists()


def test_two_workers_tell_of_a_jump_once(db: None) -> None:
    one, other = ClockWatch("boot"), ClockWatch("boot")
    for watch in (one, other):
        look(watch, passed=SECOND)
    for watch in (one, other):
        look(watch, passed=2 * SECOND, jumped=YEAR)
    assert ClockJump.objects.count() == 1


@pytest.mark.parametrize(
    ("by", "is_doubtful"), [(YEAR, True), (25 * HOUR, True), (23 * HOUR, False), (-YEAR, False)]
)
def test_only_a_leap_forward_beyond_a_day_makes_doubtful(db: None, by: timedelta, is_doubtful: bool) -> None:
    watch = ClockWatch("boot")
    look(watch, passed=SECOND)
    look(watch, passed=2 * SECOND, jumped=by)
    assert open_jumps() == 1
    assert clock_is_doubtful() is is_doubtful


def test_who_acknowledges_ends_the_doubt_and_that_is_noted(db: None) -> None:
    watch = ClockWatch("boot")
    look(watch, passed=SECOND)
    jump = look(watch, passed=2 * SECOND, jumped=YEAR)
    assert jump is not None
    for _ in range(2):
        acknowledge_jump(jump_id=jump.pk, by_id=7, at=NOON + YEAR)
    assert not clock_is_doubtful()
    assert open_jumps() == 0
    assert [fact.kind for fact in pull("community")] == ["ClockJumped", "ClockJumpAcknowledged"]
    assert ClockJump.objects.get().acknowledged_by_id == 7


def test_a_jump_that_never_was_cannot_be_acknowledged(db: None) -> None:
    with pytest.raises(NotFound):
        acknowledge_jump(jump_id=1, by_id=7, at=NOON)


def test_looking_is_cheap(db: None, django_assert_num_queries: object) -> None:
    watch = ClockWatch("boot")
    look(watch, passed=SECOND)
    with django_assert_num_queries(0):  # type: ignore[operator]
        for n in range(2, 50):
            look(watch, passed=n * SECOND)
    assert ClockMark.objects.get().at == NOON + SECOND


def test_this_machine_has_a_boot_and_its_time_goes_on() -> None:
    assert this_boot()
    assert timedelta() < time_since_boot() <= time_since_boot()
