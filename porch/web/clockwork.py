"""What happens by itself, on one screen: by recurrence rule, every few seconds, and after each fact."""

from porch.engine.facts.consuming import Consumer
from porch.engine.jobs.clockwork import Clockwork
from porch.engine.jobs.pruning import prune_jobs
from porch.engine.jobs.recurring import Recurring
from porch.engine.jobs.rounds import Round
from porch.engine.promises.holding import is_held
from porch.engine.promises.overdue import notice_overdue
from porch.people.erasure.actions import clear_aftermath

RECURRING: tuple[Recurring, ...] = (
    Recurring("prune-jobs", "FREQ=DAILY;BYHOUR=3;BYMINUTE=17;BYSECOND=0", prune_jobs),
)
ROUNDS: tuple[Round, ...] = (
    Round("overdue promises", 20, lambda at: notice_overdue(at=at, hold=is_held())),
    Round("what was under way when a person was erased", 600, lambda at: clear_aftermath(at=at)),
)
CONSUMERS: tuple[Consumer, ...] = ()

CLOCKWORK = Clockwork(RECURRING, ROUNDS, CONSUMERS)
