from porch.conversation.reading.actions import AFTER_LOOKING, AFTER_READING
from porch.notices.broadcasts.models import Broadcast
from porch.notices.choosing.models import Choice
from porch.notices.digest.models import LastDigest
from porch.notices.push.models import Device
from porch.notices.waiting.counting import count_after_reading
from porch.notices.waiting.models import Mailbag, Notice
from porch.notices.waiting.seeing import see_reminders

__all__ = ["Broadcast", "Choice", "Device", "LastDigest", "Mailbag", "Notice"]

# Wherever the tables are, reading counts: on pages, for programs and on the command line.
AFTER_READING.append(count_after_reading)
AFTER_LOOKING.append(see_reminders)
