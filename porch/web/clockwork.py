"""What happens by itself, on one screen: by recurrence rule, every few seconds, and after each fact."""

from porch.engine.facts.consuming import Consumer
from porch.engine.jobs.recurring import Recurring
from porch.engine.jobs.rounds import Round
from porch.people.sessions.jobs import prune_sessions

RECURRING: tuple[Recurring, ...] = ()
ROUNDS: tuple[Round, ...] = (Round("sessions that are over", 600, prune_sessions),)
CONSUMERS: tuple[Consumer, ...] = ()
