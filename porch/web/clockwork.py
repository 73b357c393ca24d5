"""What happens by itself, on one screen: by recurrence rule, every few seconds, and after each fact."""

from porch.community.bookkeeping.jobs import sweep_sheets
from porch.community.tiers.jobs import look_after_tiers
from porch.engine.clock.reads import clock_is_doubtful
from porch.engine.facts.consuming import Consumer
from porch.engine.files.jobs import check_all_files, sweep_files
from porch.engine.jobs.clockwork import Clockwork
from porch.engine.jobs.pruning import prune_jobs
from porch.engine.jobs.recurring import Recurring
from porch.engine.jobs.rounds import Round
from porch.engine.promises.overdue import notice_overdue
from porch.people.delivery.jobs import look_around
from porch.people.erasure.actions import clear_aftermath
from porch.people.sessions.jobs import prune_sessions
from porch.web.backups.jobs import back_up_nightly

RECURRING: tuple[Recurring, ...] = (
    Recurring("prune-jobs", "FREQ=DAILY;BYHOUR=3;BYMINUTE=7;BYSECOND=0", prune_jobs),
    Recurring("nightly backup", "FREQ=DAILY;BYHOUR=3;BYMINUTE=17;BYSECOND=0", back_up_nightly),
    Recurring("sweep files", "FREQ=HOURLY;BYMINUTE=52;BYSECOND=0", sweep_files),
    Recurring("check files", "FREQ=DAILY;BYHOUR=3;BYMINUTE=40;BYSECOND=0", check_all_files),
    Recurring("renewals of tiers", "FREQ=DAILY;BYHOUR=0;BYMINUTE=5;BYSECOND=0", look_after_tiers),
    Recurring("files of tiers and payments", "FREQ=HOURLY;BYMINUTE=22;BYSECOND=0", sweep_sheets),
)
ROUNDS: tuple[Round, ...] = (
    Round("mail", 5, look_around),
    Round("overdue promises", 20, lambda at: notice_overdue(at=at, hold=clock_is_doubtful())),
    Round("what was under way when a person was erased", 600, lambda at: clear_aftermath(at=at)),
    Round("sessions that are over", 600, prune_sessions),
)
CONSUMERS: tuple[Consumer, ...] = ()

CLOCKWORK = Clockwork(RECURRING, ROUNDS, CONSUMERS)
