"""Carry consumers on through the facts: in short transactions, from a place that moves with what they wrote."""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime

from django.db import transaction

from porch.engine.facts.consuming import Consumer
from porch.engine.facts.models import ConsumerPlace
from porch.engine.facts.pull import Pulled, newest, pull
from porch.kit.apart import each_apart
from porch.kit.traces import trace_of

log = logging.getLogger("porch.facts")

MOST_FACTS = 100
# On SQLite whoever writes holds the one lock; so much of it a consumer takes at a time.
MOST_SECONDS = 0.01
# Seconds between attempts at a fact that fails; the last for ever on.
WAITS = (1.0, 5.0, 30.0, 120.0, 600.0)
MOST_ERROR = 5_000


class CannotHear(Exception):
    """A consumer failed at a fact. Its cause says how."""

    def __init__(self, fact: Pulled) -> None:
        super().__init__(f"fact {fact.id}")
        self.fact = fact


class Hearing:
    """The consumers as one worker carries them on; others may do the same, never with one consumer at once."""

    def __init__(self, consumers: Sequence[Consumer]) -> None:
        self.consumers = consumers
        self._heard: dict[str, int] = {}
        # By name: facts up to this id are taken one at a time, since among them is one that fails.
        self._careful: dict[str, int] = {}
        # By name: after how many failures we wait, and until which moment.
        self._pauses: dict[str, tuple[int, float]] = {}

    def begin(self) -> None:
        """Give each consumer that is new its place."""
        for each in self.consumers:
            heard = 0 if each.begins == "first" else newest(each.stream)
            ConsumerPlace.objects.get_or_create(
                consumer=each.name, defaults={"stream": each.stream, "heard": heard}
            )

    def look(self, *, moment: float, tell: Callable[[], datetime]) -> bool:
        """Let each consumer hear some facts; say whether there may be more.

        ``moment`` in seconds of a clock that only goes on. Where one can neither go on nor have its failure
        written down, the others hear all the same, and then its error is raised.
        """
        streams = {each.stream for each in self.consumers}
        ends = {stream: newest(stream) for stream in streams}
        behind = [each for each in self.consumers if ends[each.stream] > self._heard.get(each.name, -1)]
        return any(each_apart(behind, lambda each: self._go_on(each, moment, tell)))

    def _go_on(self, consumer: Consumer, moment: float, tell: Callable[[], datetime]) -> bool:
        place = ConsumerPlace.objects.get(pk=consumer.name)
        self._heard[consumer.name] = place.heard
        failures, until = self._pauses.get(consumer.name, (0, 0.0))
        # An operator who wants it tried now sets the failures back.
        if place.failures and place.failures == failures and moment < until:
            return False
        is_careful = place.heard < self._careful.get(consumer.name, 0)
        facts = pull(
            consumer.stream, after=place.heard, most=1 if is_careful or place.failures else MOST_FACTS
        )
        if not facts:
            return False
        try:
            heard = hear_some(consumer, facts)
        except CannotHear as error:
            if len(facts) > 1:
                self._careful[consumer.name] = error.fact.id
                return True
            failures = write_failure(consumer, error, at=tell())
            self._pauses[consumer.name] = (failures, moment + WAITS[min(failures, len(WAITS)) - 1])
            return False
        self._heard[consumer.name] = place.heard if heard is None else heard
        return heard is not None


def hear_some(consumer: Consumer, facts: Sequence[Pulled]) -> int | None:
    """Let a consumer hear some of these facts and move its place, in one transaction; give the new place.

    None where another worker is at it. Raises CannotHear where it failed: then it has heard none of them.
    """
    last: Pulled | None = None
    try:
        with transaction.atomic():
            place = ConsumerPlace.objects.select_for_update(skip_locked=True).filter(pk=consumer.name).first()
            if place is None:
                return None
            end = time.monotonic() + MOST_SECONDS
            for fact in facts:
                if fact.id > place.heard:
                    last = fact
                    if not consumer.kinds or fact.kind in consumer.kinds:
                        consumer.hear(fact)
                    place.heard = fact.id
                if time.monotonic() > end:
                    break
            place.stuck_at, place.failures = None, 0
            place.save(update_fields=["heard", "stuck_at", "failures"])
            return place.heard
    except Exception as error:
        if last is None:
            raise  # it was the database, before any fact was heard
        raise CannotHear(last) from error


def write_failure(consumer: Consumer, error: CannotHear, *, at: datetime) -> int:
    """Write down at which fact a consumer failed and how; give the number of failures in a row."""
    log.error(
        "%s fails at fact %d of %s", consumer.name, error.fact.id, consumer.stream, exc_info=error.__cause__
    )
    text = trace_of(error.__cause__, most=MOST_ERROR)
    with transaction.atomic():
        place = ConsumerPlace.objects.select_for_update().get(pk=consumer.name)
        if place.heard < error.fact.id:
            place.stuck_at, place.failures = error.fact.id, place.failures + 1
            place.failed_at, place.error = at, text
            place.save(update_fields=["stuck_at", "failures", "failed_at", "error"])
        return max(place.failures, 1)
