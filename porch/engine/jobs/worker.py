"""The worker: takes jobs from the table and runs them, one after the other."""

import logging
import os
import signal
import time
import uuid
from types import FrameType

from django.db import DatabaseError, connection
from django_tasks_db.management.commands.db_worker import Worker

log = logging.getLogger("porch.worker")

LOOK_EVERY_SECONDS = 1.0


class OrphanAware(Worker):
    """Stops by itself when the server that started it is gone, however that went."""

    parent = 0

    @property
    def running(self) -> bool:
        return self._running and (not self.parent or os.getppid() == self.parent)

    @running.setter
    def running(self, value: bool) -> None:
        self._running = value

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        if not self.running_task:
            raise SystemExit(0)
        log.info("the worker finishes its job, then stops")
        self.running = False


def run_worker(*, parent: int = 0) -> None:
    """Run jobs until told to stop, or until the process ``parent`` is gone."""
    worker = OrphanAware(
        queue_names=["*"],
        interval=LOOK_EVERY_SECONDS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=uuid.uuid4().hex,
        excluded_queue_names=[],
    )
    worker.parent = parent
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, worker.shutdown)
    while worker.running:
        try:
            worker.run()
        except DatabaseError as error:
            log.warning("the jobs cannot be read just now: %s", error)
            connection.close()
            time.sleep(LOOK_EVERY_SECONDS)
