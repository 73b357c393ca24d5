"""What happens by itself, on one screen: by recurrence rule, every few seconds, and after each fact."""

from porch.community.away.actions import resume_due
from porch.community.bookkeeping.jobs import sweep_sheets
from porch.community.invites.jobs import forget_invites
from porch.community.leaving.archiving import archive_leavers, forget_whom_to_ask
from porch.community.memory.jobs import notice_what_is_remembered
from porch.community.profiles.indexing import hear_names
from porch.community.profiles.jobs import drop_answers_no_longer_asked, turn_hours_in_search
from porch.community.removal.actions import let_evidence_go
from porch.community.removal.archiving import archive_removed
from porch.community.requests.jobs import fill_free_seats, look_after_requests
from porch.community.tiers.jobs import look_after_tiers
from porch.conversation.asks.asking import end_due_asks
from porch.conversation.bookmarks.actions import remind_due
from porch.conversation.drafts.jobs import sweep_unposted_pictures
from porch.conversation.polls.closing import close_due_polls
from porch.conversation.previews.jobs import forget_old_pages, hear_of_links
from porch.conversation.rituals.beating import beat_due
from porch.engine.clock.reads import clock_is_doubtful
from porch.engine.facts.consuming import Consumer
from porch.engine.files.jobs import check_all_files, sweep_files
from porch.engine.jobs.clockwork import Clockwork
from porch.engine.jobs.pruning import prune_jobs
from porch.engine.jobs.recurring import Recurring
from porch.engine.jobs.rounds import Round
from porch.engine.promises.overdue import notice_overdue
from porch.engine.webhooks import jobs as webhooks
from porch.engine.webhooks.putting import hear as hear_for_webhooks
from porch.notices.digest.jobs import send_digests
from porch.notices.mailing.looking import mail_what_is_due
from porch.notices.push import jobs as devices
from porch.notices.push.putting import hear_to_push
from porch.notices.telling.hearing import HEARS, hear_what_to_tell
from porch.people.delivery.jobs import look_around
from porch.people.erasure.actions import clear_aftermath
from porch.people.holdings.jobs import count_register
from porch.people.sessions.jobs import prune_sessions
from porch.people.takeout import jobs as take_outs
from porch.people.tokens.repeating import forget_answers
from porch.web.backups.jobs import back_up_nightly

RECURRING: tuple[Recurring, ...] = (
    Recurring("prune-jobs", "FREQ=DAILY;BYHOUR=3;BYMINUTE=7;BYSECOND=0", prune_jobs),
    Recurring("nightly backup", "FREQ=DAILY;BYHOUR=3;BYMINUTE=17;BYSECOND=0", back_up_nightly),
    Recurring("forget linked pages", "FREQ=DAILY;BYHOUR=3;BYMINUTE=43;BYSECOND=0", forget_old_pages),
    Recurring("forget messages", "FREQ=DAILY;BYHOUR=3;BYMINUTE=33;BYSECOND=0", webhooks.forget_messages),
    Recurring("forget told devices", "FREQ=DAILY;BYHOUR=3;BYMINUTE=37;BYSECOND=0", devices.forget_messages),
    Recurring("sweep files", "FREQ=HOURLY;BYMINUTE=52;BYSECOND=0", sweep_files),
    Recurring("pictures not posted", "FREQ=HOURLY;BYMINUTE=42;BYSECOND=0", sweep_unposted_pictures),
    Recurring("count the register", "FREQ=HOURLY;BYMINUTE=22;BYSECOND=0", count_register),
    Recurring("forget invites", "FREQ=DAILY;BYHOUR=4;BYMINUTE=10;BYSECOND=0", forget_invites),
    Recurring("check files", "FREQ=DAILY;BYHOUR=3;BYMINUTE=40;BYSECOND=0", check_all_files),
    Recurring(
        "answers no longer asked", "FREQ=DAILY;BYHOUR=3;BYMINUTE=27;BYSECOND=0", drop_answers_no_longer_asked
    ),
    # Clocks change on the quarter of an hour.
    Recurring("hours in the search", "FREQ=HOURLY;BYMINUTE=0,15,30,45;BYSECOND=1", turn_hours_in_search),
    Recurring("anniversaries and firsts", "FREQ=HOURLY;BYMINUTE=12;BYSECOND=0", notice_what_is_remembered),
    Recurring("requests to join", "FREQ=HOURLY;BYMINUTE=22;BYSECOND=0", look_after_requests),
    Recurring("renewals of tiers", "FREQ=HOURLY;BYMINUTE=5;BYSECOND=0", look_after_tiers),
    Recurring("digests", "FREQ=HOURLY;BYMINUTE=3;BYSECOND=0", send_digests),
    Recurring("files of tiers and payments", "FREQ=HOURLY;BYMINUTE=22;BYSECOND=0", sweep_sheets),
)
ROUNDS: tuple[Round, ...] = (
    Round("mail", 5, look_around),
    Round("devices", 5, devices.look_around),
    Round("webhooks", 5, webhooks.look_around),
    Round("overdue promises", 20, lambda at: notice_overdue(at=at, hold=clock_is_doubtful())),
    Round("what was under way when a person was erased", 600, lambda at: clear_aftermath(at=at)),
    Round("suspensions that are over", 5, lambda at: resume_due(at=at, hold=clock_is_doubtful())),
    Round("leavers to archive", 5, lambda at: archive_leavers(at=at, hold=clock_is_doubtful())),
    Round("removed members to archive", 600, lambda at: archive_removed(at=at, hold=clock_is_doubtful())),
    Round("removals whose term is over", 600, lambda at: let_evidence_go(at=at, hold=clock_is_doubtful())),
    Round("leavers not to be asked any more", 600, lambda at: forget_whom_to_ask(at=at)),
    Round("reminders of posts", 5, lambda at: remind_due(at=at, hold=clock_is_doubtful())),
    Round("sessions that are over", 600, prune_sessions),
    Round("seats that came free", 20, fill_free_seats),
    Round("take-outs that are over", 300, take_outs.tidy),
    Round("notices by mail", 5, lambda at: mail_what_is_due(at=at, hold=clock_is_doubtful())),
    Round("polls whose time has come", 2, lambda at: close_due_polls(at=at, hold=clock_is_doubtful())),
    Round("asks whose time has passed", 5, lambda at: end_due_asks(at=at, hold=clock_is_doubtful())),
    Round("rituals that are due", 5, lambda at: beat_due(at=at, hold=clock_is_doubtful())),
    Round("answers kept for programs", 600, lambda at: forget_answers(at=at, hold=clock_is_doubtful())),
)
CONSUMERS: tuple[Consumer, ...] = (
    Consumer("who is told of what", "community", hear_what_to_tell, HEARS, begins="now"),
    Consumer("names in the directory", "community", hear_names, ("MemberJoined", "PersonRenamed")),
    Consumer("previews of links", "community", hear_of_links, ("PostWritten", "PostEdited"), begins="now"),
    Consumer("devices", "community", hear_to_push, ("NoticeMade",), begins="now"),
    Consumer("webhooks", "community", hear_for_webhooks, begins="now"),
)

CLOCKWORK = Clockwork(RECURRING, ROUNDS, CONSUMERS)
