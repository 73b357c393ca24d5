"""The clock that nobody sets: the time since this machine was started, and which start that was."""

import socket
import time
from datetime import timedelta
from functools import cache
from pathlib import Path

BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
# Linux has a clock that goes on while the machine sleeps.
CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


@cache
def this_boot() -> str:
    """Name this boot of this machine. Where the system does not name it, the machine has to do."""
    try:
        return BOOT_ID.read_text().strip()
    except OSError:
        return f"of {socket.gethostname()}"[:300]


def time_since_boot() -> timedelta:
    """Give how long this machine has been running, sleep included."""
    return timedelta(seconds=time.clock_gettime(CLOCK))
