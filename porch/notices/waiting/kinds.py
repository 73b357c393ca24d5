from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.IntegerChoices):
    """Why somebody is told of a post. Of several reasons the strongest counts, which is the highest number."""

    FOLLOWED = 10, _("Topics that you follow")
    ANNOUNCEMENT = 20, _("Announcements")
    BROADCAST = 25, _("Announcements sent to all")
    REPLY = 30, _("Replies to you")
    MENTION = 40, _("Mentions of you")
    DIRECT = 50, _("What is written to you alone")
    ASKED = 60, _("What you are asked")
    REMINDER = 70, _("Reminders of yours")


# What stands there although the post was read: somebody wanted to be told of it again.
AGAIN = Kind.REMINDER
# What comes from a space that is muted all the same: it is said to them, or they wanted it.
SAID_TO_THEM = (Kind.MENTION, Kind.DIRECT, Kind.ASKED, Kind.REMINDER)
# What is for them by name, and waits for their answer.
YOURS = (Kind.REPLY, Kind.MENTION, Kind.DIRECT, Kind.ASKED)
