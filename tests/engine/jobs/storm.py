"""A program that kills its worker again and again while facts and jobs are written, then lets one finish.

``python -m tests.engine.jobs.storm KILLS`` in a prepared house; prints what was written and what came of it as JSON.
Workers are forked from the loaded process, as ``porch serve`` does, so that a kill costs no start.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import timedelta

from porch.web.cli.base import load

if __name__ == "__main__":
    sys.argv[1:], words = ["check"], sys.argv[1:]
    load()

from django.db import connections, transaction
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from porch.community.membership.facts import MemberJoined
from porch.engine.facts.consuming import Consumer
from porch.engine.facts.noting import note
from porch.engine.facts.pull import Pulled, newest
from porch.engine.jobs.clockwork import Clockwork
from porch.engine.jobs.keeping import fork
from porch.engine.jobs.models import JobRun, Worker
from porch.engine.jobs.retries import Retry, retried
from porch.engine.jobs.worker import run_worker
from porch.engine.models import CacheEntry, ConsumerPlace
from porch.kit.time import now


@retried(Retry(spacing=(timedelta(0),) * 9))
@task()
def leave_mark(key: str, seconds: float) -> None:
    """Do something once, however often it is asked for: in two steps, so that a kill may come in between."""
    CacheEntry.objects.get_or_create(cache_key=f"begun {key}", defaults={"value": "", "expires": now()})
    time.sleep(seconds)
    CacheEntry.objects.get_or_create(cache_key=f"done {key}", defaults={"value": "", "expires": now()})


def hear(fact: Pulled) -> None:
    """Write a row that can be written only once: hearing a fact twice would fail, and show."""
    CacheEntry.objects.create(cache_key=f"heard {fact.id}", value="", expires=now())
    leave_mark.enqueue(f"of {fact.id}", 0)


CLOCKWORK = Clockwork(consumers=(Consumer("storm", "community", hear, kinds=("MemberJoined",)),))


def write(n: int) -> None:
    """Commit a fact and a job together; every fourth time, think better of it."""
    with transaction.atomic():
        note(MemberJoined(member_id=n, person_id=n, at=now()))
        leave_mark.enqueue(str(n), random.choice([0, 0, 0.01, 0.05]))
        if n % 4 == 0:
            transaction.set_rollback(True)


def storm(kills: int) -> dict[str, object]:
    written = 0
    for _ in range(kills):
        connections.close_all()
        worker = fork(lambda: run_worker(CLOCKWORK, parent=0))
        end = time.monotonic() + random.uniform(0.1, 0.5)
        while time.monotonic() < end:
            written += 1
            write(written)
            time.sleep(0.02)
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    return {"written": written - written // 4, **finish()}


def finish() -> dict[str, object]:
    """Let a last worker do what is left, and count."""
    connections.close_all()
    worker = fork(lambda: run_worker(CLOCKWORK, parent=0))
    until = time.monotonic() + 60
    while not is_done() and time.monotonic() < until:
        time.sleep(0.1)
    os.kill(worker, signal.SIGTERM)
    _, status = os.waitpid(worker, 0)
    return {
        "states": sorted({each.status for each in DBTaskResult.objects.all()}),
        "done": CacheEntry.objects.filter(cache_key__startswith="done ").count(),
        "heard": CacheEntry.objects.filter(cache_key__startswith="heard ").count(),
        "deaths": sum(each.deaths for each in JobRun.objects.all()),
        "held": JobRun.objects.filter(worker__isnull=False).count(),
        "workers": Worker.objects.count(),
        "stuck": ConsumerPlace.objects.get().error,
        "ended_with": os.waitstatus_to_exitcode(status),
    }


def is_done() -> bool:
    return (
        ConsumerPlace.objects.get().heard >= newest("community")
        and not DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).exists()
    )


if __name__ == "__main__":
    print(json.dumps(storm(int(words[0]))))
