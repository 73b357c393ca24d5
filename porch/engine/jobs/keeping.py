"""Keep a worker alive beside a server: look whether it lives, start another when it died, end it with the server."""

import logging
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from typing import NoReturn

log = logging.getLogger("porch.worker")

WORKER_SECONDS = 3
WORK = "from porch.web.cli import main; main()"


class KeptWorker:
    """The worker of this process: a child, forked before any thread starts so that the two share memory."""

    def __init__(self, child: int) -> None:
        self.child = child

    def look(self) -> None:
        """Start another worker where this one died. The server calls it every few seconds."""
        ended, status = os.waitpid(self.child, os.WNOHANG)
        if ended:
            log.error(
                "the worker ended by itself (%s) and is started again", os.waitstatus_to_exitcode(status)
            )
            # Not forked: by now there are threads, whose locks a fork would take along.
            words = [sys.executable, "-c", WORK, "work", "--parent", str(os.getpid())]
            self.child = os.posix_spawn(sys.executable, words, os.environ)

    def end(self) -> bool:
        """Tell the worker to end after its job; say whether it has. One that takes long finishes alone, and goes."""
        until = time.monotonic() + WORKER_SECONDS
        with suppress(ProcessLookupError, ChildProcessError):
            os.kill(self.child, signal.SIGTERM)
            while os.waitpid(self.child, os.WNOHANG) == (0, 0):
                if time.monotonic() > until:
                    return False
                time.sleep(0.02)
        return True


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
