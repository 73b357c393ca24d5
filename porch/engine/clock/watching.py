"""Notice when the wall clock jumps: against the time since the boot, and against what was written down before."""

import logging
import threading
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max

from porch.engine.clock.facts import ClockJumped
from porch.engine.clock.models import ClockJump, ClockMark
from porch.engine.facts.noting import note
from porch.kit.locks import take_turns

log = logging.getLogger("porch.clock")

# Clocks that are only kept right move by less.
LEAST = timedelta(minutes=1)
MARK_EVERY = timedelta(minutes=1)
MICROSECOND = timedelta(microseconds=1)


class ClockWatch:
    """Looks at the clock on behalf of one process. Looking is cheap: the database is asked once a minute."""

    def __init__(self, boot: str) -> None:
        self.boot = boot
        self._known: tuple[datetime, timedelta] | None = None
        self._lock = threading.Lock()

    def look(self, *, at: datetime, up: timedelta) -> ClockJump | None:
        """Compare the wall clock with the time since the boot, both read in one breath; note a jump, and give it."""
        with self._lock:
            if self._known is not None:
                was_at, was_up = self._known
                drift = at - (was_at + (up - was_up))
                if abs(drift) <= LEAST and up - was_up < MARK_EVERY:
                    return None
            jump = compare(boot=self.boot, at=at, up=up)
            self._known = (at, up)
            return jump


@transaction.atomic
def compare(*, boot: str, at: datetime, up: timedelta) -> ClockJump | None:
    """Compare the clocks with what they said when they were last looked at, and write down what they say now."""
    take_turns("clock")
    mark = ClockMark.objects.filter(boot=boot).first()
    up_micros = up // MICROSECOND
    jump = None
    if mark is not None and up_micros >= mark.up_micros:
        expected = mark.at + timedelta(microseconds=up_micros - mark.up_micros)
        if abs(at - expected) > LEAST:
            jump = note_jump(at=at, expected=expected, within_boot=True)
    else:
        # How long the machine was off nobody knows; but time does not run backwards.
        newest = ClockMark.objects.aggregate(at=Max("at"))["at"]
        if newest is not None and at < newest - LEAST:
            jump = note_jump(at=at, expected=newest, within_boot=False)
        # What has been compared has served. A mark in the future would be found again at each boot.
        ClockMark.objects.exclude(at__range=(at - timedelta(days=30), at)).delete()
    ClockMark.objects.update_or_create(boot=boot, defaults={"up_micros": up_micros, "at": at})
    return jump


def note_jump(*, at: datetime, expected: datetime, within_boot: bool) -> ClockJump:
    """Write a jump down, for an operator to acknowledge."""
    seconds = round((at - expected).total_seconds())
    log.error("the clock jumped by %d seconds: it says %s and should say %s", seconds, at, expected)
    jump = ClockJump.objects.create(
        noticed_at=at, expected_at=expected, seconds=seconds, within_boot=within_boot
    )
    note(ClockJumped(jump_id=jump.pk, seconds=seconds, is_measured=within_boot, at=at))
    return jump
