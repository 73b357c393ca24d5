from porch.conversation.posts.changing import ASKED_BEFORE_EDITING
from porch.conversation.posts.writing import INSTEAD_OF_WRITING
from porch.conversation.topics.silence import SILENCES, SILENT_UNTIL
from porch.moderation.appeals.models import Appeal
from porch.moderation.holding.keeping import look_at
from porch.moderation.holding.models import HeldPost
from porch.moderation.log.models import LogEntry
from porch.moderation.queue.models import Decision, Step
from porch.moderation.reports.models import Report
from porch.moderation.sanctions.models import Strike
from porch.moderation.sanctions.silencing import silence_of, until_of
from porch.moderation.trust.asking import ask_about_change

__all__ = ["Appeal", "Decision", "HeldPost", "LogEntry", "Report", "Step", "Strike"]

# Wherever the tables are, whoever writes is asked: on pages, by programs and on the command line.
INSTEAD_OF_WRITING.append(look_at)
ASKED_BEFORE_EDITING.append(ask_about_change)
SILENT_UNTIL.append(until_of)
SILENCES.append(silence_of)
