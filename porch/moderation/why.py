"""For what somebody reports, decides or acts: a closed list, so that the public log can say it and name nobody."""

from django.db import models
from django.utils.translation import gettext_lazy as _

MOST_WORDS = 500


class Why(models.TextChoices):
    SPAM = "spam", _("Spam or advertising")
    ABUSE = "abuse", _("Abuse, threats or harassment")
    PRIVATE = "private", _("Something private about somebody")
    ILLEGAL = "illegal", _("Against the law")
    OFF_TOPIC = "off-topic", _("Does not belong here")
    OTHER = "other", _("Something else")
