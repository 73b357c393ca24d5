"""Workers among themselves: each says that it lives, and sees which others do not."""

import os
import socket
import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db.models import F

from porch.engine.clock.boot import this_boot
from porch.engine.jobs.models import Worker

BEAT_SECONDS = 5.0
# A neighbour that has not moved while we did so many times is dead, or as good as dead.
STILL = 4


@dataclass(frozen=True, slots=True)
class Me:
    """The worker that this process is."""

    id: uuid.UUID
    host: str
    place: str
    process: int
    born: int


def introduce() -> Me:
    """Say who this process is, to be found again by others on this machine."""
    process = os.getpid()
    return Me(uuid.uuid4(), socket.gethostname()[:255], this_place(), process, born(process) or 0)


@cache
def this_place() -> str:
    """Name the space in which the ids of processes mean the same; empty where that cannot be told."""
    try:
        return f"{socket.gethostname()} {this_boot()} {os.readlink('/proc/self/ns/pid')}"[:400]
    except OSError:
        return ""


def born(process: int) -> int | None:
    """Give when a process of this machine began, in ticks since the boot; None where it is gone."""
    try:
        after_name = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    # Killed, and not yet waited for by its parent.
    return None if after_name[0] in "ZX" else int(after_name[19])


def beat(me: Me, *, at: datetime) -> None:
    """Say that this worker lives, and enroll it where that is news."""
    if not Worker.objects.filter(pk=me.id).update(beat=F("beat") + 1):
        Worker.objects.create(
            pk=me.id, host=me.host, place=me.place, process=me.process, born=me.born, begun_at=at
        )


class Neighbours:
    """What one worker has seen of the others. It counts its own beats and reads no clock that can be set.

    While the database lets nobody write, or the machine sleeps, nobody beats and nobody is found dead.
    """

    def __init__(self, me: Me) -> None:
        self.me = me
        self._seen: dict[uuid.UUID, tuple[int, int]] = {}

    def dead(self) -> list[Worker]:
        """Look round, right after an own beat, and give those that are dead."""
        others = list(Worker.objects.exclude(pk=self.me.id))
        seen, self._seen = self._seen, {}
        for each in others:
            last, still = seen.get(each.pk, (-1, 0))
            self._seen[each.pk] = (each.beat, still + 1 if each.beat == last else 0)
        return [each for each in others if self._is_gone(each) or self._seen[each.pk][1] >= STILL]

    def _is_gone(self, worker: Worker) -> bool:
        """Say whether a process that we could see is not there: that is certain at once."""
        return bool(self.me.place) and worker.place == self.me.place and born(worker.process) != worker.born
