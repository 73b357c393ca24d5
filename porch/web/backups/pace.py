"""Step back when others want the processor. A low priority counts only within one session or service."""

import resource
import time

from porch.web.backups.archive import Told

REST = 4.0
MOST_SECONDS = 1.0
STEP_BYTES = 1 << 20


class Pace:
    """Counts bytes on their way, and rests after each megabyte or so in which the kernel gave our turn to somebody."""

    def __init__(self, told: Told) -> None:
        self.told, self.size = told, 0
        self.begun, self.pushed = time.monotonic(), pushed_aside()

    def __call__(self, size: int) -> None:
        self.told(size)
        self.size += size
        if self.size < STEP_BYTES:
            return
        if (pushed := pushed_aside()) > self.pushed:
            time.sleep(min(REST * (time.monotonic() - self.begun), MOST_SECONDS))
        self.size, self.begun, self.pushed = 0, time.monotonic(), pushed


def pushed_aside() -> int:
    """Count how often somebody else had to be let on while this process could have gone on."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_nivcsw
