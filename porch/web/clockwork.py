"""What happens by itself, on one screen: by recurrence rule, every few seconds, and after each fact."""

from porch.engine.facts.consuming import Consumer
from porch.engine.jobs.recurring import Recurring
from porch.engine.jobs.rounds import Round
from porch.people.delivery.jobs import look_around

RECURRING: tuple[Recurring, ...] = ()
ROUNDS: tuple[Round, ...] = (Round("mail", 5, look_around),)
CONSUMERS: tuple[Consumer, ...] = ()
