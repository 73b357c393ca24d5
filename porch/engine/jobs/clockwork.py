"""What a worker does besides jobs."""

from dataclasses import dataclass

from porch.engine.facts.consuming import Consumer
from porch.engine.jobs.recurring import Recurring
from porch.engine.jobs.rounds import Round


@dataclass(frozen=True, slots=True)
class Clockwork:
    """What happens by itself: by recurrence rule, every few seconds, and after each fact."""

    recurring: tuple[Recurring, ...] = ()
    rounds: tuple[Round, ...] = ()
    consumers: tuple[Consumer, ...] = ()

    def __post_init__(self) -> None:
        for kind in (self.recurring, self.rounds, self.consumers):
            names = [each.name for each in kind]
            if len(set(names)) < len(names):
                raise ValueError(f"two of one name: {sorted(names)}")
