"""What happens by itself, on one screen: by recurrence rule, every few seconds, and after each fact."""

from porch.engine.facts.consuming import Consumer
from porch.engine.jobs.recurring import Recurring
from porch.engine.jobs.rounds import Round
from porch.web.backups.jobs import back_up_nightly

RECURRING: tuple[Recurring, ...] = (
    Recurring("nightly backup", "FREQ=DAILY;BYHOUR=3;BYMINUTE=17;BYSECOND=0", back_up_nightly),
)
ROUNDS: tuple[Round, ...] = ()
CONSUMERS: tuple[Consumer, ...] = ()
