"""What happens by itself, on one screen: by recurrence rule, every few seconds, and after each fact."""

from porch.engine.facts.consuming import Consumer
from porch.engine.files.jobs import check_all_files, sweep_files
from porch.engine.jobs.recurring import Recurring
from porch.engine.jobs.rounds import Round

RECURRING: tuple[Recurring, ...] = (
    Recurring("sweep files", "FREQ=HOURLY;BYMINUTE=17;BYSECOND=0", sweep_files),
    Recurring("check files", "FREQ=DAILY;BYHOUR=3;BYMINUTE=40;BYSECOND=0", check_all_files),
)
ROUNDS: tuple[Round, ...] = ()
CONSUMERS: tuple[Consumer, ...] = ()
