"""The worker: jobs one after the other; beside them a heart, the rounds, the consumers of facts and one more hand, each
a thread. The hand takes only jobs for which somebody waits, so that no backup stands before a code to sign in with."""

import logging
import os
import signal
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from types import FrameType

from django.db import Error, close_old_connections, connection

from porch.engine.clock.boot import this_boot, time_since_boot
from porch.engine.clock.watching import ClockWatch
from porch.engine.facts.hearing import Hearing
from porch.engine.jobs.clockwork import Clockwork
from porch.engine.jobs.holding import LOWEST, PROMPT, bury, call_back, claim, ready, take_back_orphans
from porch.engine.jobs.models import Worker
from porch.engine.jobs.neighbours import BEAT_SECONDS, Me, Neighbours, beat, introduce
from porch.engine.jobs.recurring import Calendar
from porch.engine.jobs.retries import LONGEST
from porch.engine.jobs.rounds import Rounds
from porch.engine.jobs.running import run
from porch.kit.time import now

log = logging.getLogger("porch.worker")

# How long a job may lie there before an idle worker sees it, and how often rounds and facts are looked at.
LOOK_SECONDS = 0.3
AGAIN_SECONDS = 1.0
END_SECONDS = 1.0
BREATH = timedelta(seconds=1)


def run_worker(clockwork: Clockwork, *, parent: int = 0) -> None:
    """Run jobs and clockwork until told to stop, or until the process ``parent`` is gone.

    A second signal ends it in the middle of a job, which another worker then takes up.
    """
    worker = RunningWorker(clockwork, parent)
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, worker.hear_signal)
    worker.work()


class RunningWorker:
    def __init__(self, clockwork: Clockwork, parent: int) -> None:
        self.parent = parent
        self.me: Me = introduce()
        self.neighbours = Neighbours(self.me)
        self.clock = ClockWatch(this_boot())
        self.calendar = Calendar(clockwork.recurring)
        self.rounds = Rounds(clockwork.rounds, self.me.id)
        self.hearing = Hearing(clockwork.consumers)
        # Not an event: a signal that sets one may come while its lock is held by the very thread it interrupts.
        self._told_to_stop = False
        self._is_over = False

    @property
    def is_wanted(self) -> bool:
        return not self._told_to_stop and (not self.parent or os.getppid() == self.parent)

    @property
    def is_there(self) -> bool:
        """Say whether there is still a job to live for: told to stop, it finishes what it began."""
        return not self._is_over

    def hear_signal(self, signum: int, frame: FrameType | None) -> None:
        if self._told_to_stop:
            os._exit(1)
        self._told_to_stop = True

    def work(self) -> None:
        """Begin, keep the threads going and run jobs to the end."""
        self._insistently(self._begin)
        beside = [
            threading.Thread(target=self._keep, args=(do, LOOK_SECONDS), daemon=True)
            for do in (self._go_rounds, self._hear)
        ]
        heart = threading.Thread(target=self._live, daemon=True)
        hand = threading.Thread(
            target=self._keep, args=(partial(self._run_job, PROMPT), LOOK_SECONDS), daemon=True
        )
        for each in (heart, hand, *beside):
            each.start()
        self._keep(self._run_job, LOOK_SECONDS)
        hand.join()
        for each in beside:
            each.join(END_SECONDS)
        self._is_over = True
        heart.join(END_SECONDS)
        self._say_farewell()

    def _begin(self) -> None:
        self._beat()
        at = self.tell()
        call_back(later_than=at + 2 * LONGEST)
        self.calendar.begin(at=at)
        self.rounds.begin()
        self.hearing.begin()

    def tell(self) -> datetime:
        """Read the clock, and see on the way whether it has jumped: nothing here is told an unseen time."""
        up = time_since_boot()
        at = now()
        while time_since_boot() - up > BREATH:  # a pause between the two would look like a jump
            up, at = time_since_boot(), now()
        jump = self.clock.look(at=at, up=up)
        if jump is not None and jump.seconds < 0:
            # What was to be tried again in a minute would now wait for as long as the clock was set back.
            call_back(later_than=at)
        return at

    def _keep(self, do: Callable[[], object], seconds: float) -> None:
        """Do something until the worker stops: at once where it says that there is more, else every few moments."""
        while self.is_wanted:
            if not self._try(do):
                time.sleep(seconds)
        connection.close()

    def _live(self) -> None:
        """Beat until everything else has ended."""
        beaten = time.monotonic()
        while self.is_there:
            time.sleep(LOOK_SECONDS)
            if time.monotonic() - beaten >= BEAT_SECONDS:
                beaten = time.monotonic()
                self._try(self._beat)
        connection.close()

    def _try(self, do: Callable[[], object]) -> bool:
        close_old_connections()
        try:
            return bool(do())
        except Error as error:
            log.warning("the database does not let the worker go on just now: %s", error)
        except Exception:
            log.exception("the worker stumbled")
        connection.close()
        time.sleep(AGAIN_SECONDS)
        return False

    def _insistently(self, do: Callable[[], object]) -> None:
        """Do something until it has gone well once."""
        is_done = False

        def once() -> None:
            nonlocal is_done
            do()
            is_done = True

        while self.is_wanted and not is_done:
            self._try(once)

    def _run_job(self, least: int = LOWEST) -> bool:
        at = now()
        if not ready(at, least=least).order_by().exists():
            return False
        held = claim(self.me.id, at=at, least=least)
        if held is None:
            return False
        run(held)
        return True

    def _beat(self) -> None:
        at = self.tell()
        beat(self.me, at=at)
        for dead in self.neighbours.dead():
            bury(dead, at=at)
        take_back_orphans(at=at)

    def _go_rounds(self) -> None:
        self.calendar.look(at=self.tell())
        self.rounds.look(moment=time.monotonic(), tell=self.tell)

    def _hear(self) -> bool:
        return self.hearing.look(moment=time.monotonic(), tell=self.tell)

    def _say_farewell(self) -> None:
        try:
            Worker.objects.filter(pk=self.me.id).delete()
        except Error as error:
            log.warning("the worker leaves without a word: %s", error)
        connection.close()
