"""One deadline for everything that a fetch waits for."""

from time import monotonic

from porch.kit.http.failures import TooSlow


class Deadline:
    """An instant that no later step can push back."""

    def __init__(self, seconds: float) -> None:
        self.at = monotonic() + seconds

    def left(self) -> float:
        """Give the seconds that are left, always more than none."""
        left = self.at - monotonic()
        if left <= 0:
            raise TooSlow
        return left
