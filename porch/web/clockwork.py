"""What happens by itself, on one screen: by recurrence rule, every few seconds, and after each fact."""

from porch.engine.facts.consuming import Consumer
from porch.engine.jobs.clockwork import Clockwork
from porch.engine.jobs.pruning import prune_jobs
from porch.engine.jobs.recurring import Recurring
from porch.engine.jobs.rounds import Round

RECURRING: tuple[Recurring, ...] = (
    Recurring("prune-jobs", "FREQ=DAILY;BYHOUR=3;BYMINUTE=17;BYSECOND=0", prune_jobs),
)
ROUNDS: tuple[Round, ...] = ()
CONSUMERS: tuple[Consumer, ...] = ()

CLOCKWORK = Clockwork(RECURRING, ROUNDS, CONSUMERS)
