"""What the worker looks after every few seconds, beside jobs: short, safe to do twice, never in two workers at once."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Q

from porch.engine.jobs.models import RoundState
from porch.kit.apart import each_apart
from porch.kit.traces import trace_of

log = logging.getLogger("porch.worker")

MOST_ERROR = 5_000


@dataclass(frozen=True, slots=True)
class Round:
    """A call every so many seconds, which is told the time."""

    name: str
    seconds: float
    call: Callable[[datetime], object]


class Rounds:
    """What one worker knows of the rounds: how often each was gone, and when it last saw that change.

    It measures by a clock that nobody sets, so rounds go on whatever the wall clock says.
    """

    def __init__(self, rounds: Sequence[Round], worker: UUID) -> None:
        self.rounds = rounds
        self.worker = worker
        self._seen: dict[str, tuple[int, float]] = {}

    def begin(self) -> None:
        """Give each round its row."""
        RoundState.objects.bulk_create(
            [RoundState(round=each.name) for each in self.rounds], ignore_conflicts=True
        )

    def look(self, *, moment: float, tell: Callable[[], datetime]) -> int:
        """Go the rounds that are due; give their number. ``moment`` in seconds of a clock that only goes on.

        Where one cannot be taken or written down, the others are gone all the same, and then its error is raised.
        """
        if not self.rounds:
            return 0
        states = {each.round: each for each in RoundState.objects.defer("error")}
        return sum(
            each_apart(self.rounds, lambda each: self._look_at(each, states.get(each.name), moment, tell))
        )

    def _look_at(
        self, each: Round, state: RoundState | None, moment: float, tell: Callable[[], datetime]
    ) -> bool:
        if state is None or not self._is_due(each, state, moment):
            return False
        if not take(state, self.worker, at=tell()):
            return False
        self._seen[each.name] = (state.runs + 1, moment)
        go(each, tell)
        return True

    def _is_due(self, each: Round, state: RoundState, moment: float) -> bool:
        if each.name not in self._seen:
            return True
        runs, since = self._seen[each.name]
        if state.runs != runs:  # another worker went it
            self._seen[each.name] = (state.runs, moment)
            return False
        return moment - since >= each.seconds


def take(state: RoundState, worker: UUID, *, at: datetime) -> bool:
    """Take a round that nobody is on; of two workers that try, one gets it."""
    # What is ours by the table was cut off half-way: a worker goes its rounds one after the other.
    is_free = Q(worker__isnull=True) | Q(worker_id=worker)
    mine = RoundState.objects.filter(is_free, round=state.round, runs=state.runs)
    return bool(mine.update(worker_id=worker, runs=F("runs") + 1, begun_at=at))


def go(each: Round, tell: Callable[[], datetime]) -> None:
    """Make the call and write down how it went. A call that fails stops nothing else."""
    try:
        each.call(tell())
    except Exception as error:
        log.exception("the round %s failed", each.name)
        RoundState.objects.filter(round=each.name).update(
            worker=None,
            failed_at=tell(),
            failures=F("failures") + 1,
            error=trace_of(error, most=MOST_ERROR),
        )
    else:
        RoundState.objects.filter(round=each.name).update(worker=None, went_well_at=tell(), failures=0)
