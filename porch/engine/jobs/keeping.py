"""Keep a worker alive: a process that does nothing but start it, and start it again when it dies.

It is forked from the server before any thread starts, so that whatever it forks later is sound, and shares the
memory of what was loaded by then.
"""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import NoReturn

from porch.engine.jobs.worker import run_worker

log = logging.getLogger("porch.worker")

LOOK_EVERY_SECONDS = 0.5
BREATH_SECONDS = 1.0


class Keeper:
    def __init__(self, server: int) -> None:
        self.server = server
        self.worker = 0
        self.is_stopping = False

    def run(self) -> None:
        """Keep a worker until told to stop, or until the server is gone."""
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, self.stop)
        keeper = os.getpid()
        while not self.is_stopping:
            self.worker = fork(lambda: run_worker(parent=keeper))
            status = self.watch()
            if not self.is_stopping:
                log.error("the worker ended by itself (%s) and is started again", status)
                time.sleep(BREATH_SECONDS)

    def stop(self, signum: int, frame: FrameType | None) -> None:
        self.is_stopping = True
        with suppress(ProcessLookupError):
            os.kill(self.worker, signal.SIGTERM)

    def watch(self) -> int:
        """Wait for the end of the worker; bring it about where the server is gone. Gives its exit code."""
        while True:
            ended, status = os.waitpid(self.worker, os.WNOHANG)
            if ended:
                return os.waitstatus_to_exitcode(status)
            if os.getppid() != self.server and not self.is_stopping:
                self.stop(signal.SIGTERM, None)
            time.sleep(LOOK_EVERY_SECONDS if not self.is_stopping else 0.02)


def fork(work: Callable[[], None]) -> int:
    """Do work in a child of this process; give its id."""
    child = os.fork()
    if child == 0:
        leave_with(work)
    return child


def leave_with(work: Callable[[], None]) -> NoReturn:
    """End this process after ``work``, without unwinding into the code of the one that it was forked from."""
    code = 1
    try:
        work()
        code = 0
    except SystemExit as error:
        code = error.code if isinstance(error.code, int) else 1
    except Exception:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)
