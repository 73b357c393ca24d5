"""What happens by itself, on one screen: by recurrence rule, every few seconds, and after each fact."""

from porch.engine.facts.consuming import Consumer
from porch.engine.jobs.recurring import Recurring
from porch.engine.jobs.rounds import Round

RECURRING: tuple[Recurring, ...] = ()
ROUNDS: tuple[Round, ...] = ()
CONSUMERS: tuple[Consumer, ...] = ()
