from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from porch.conversation.topics.models import Topic
from porch.people.erasure.holdings import hold


class Broadcast(models.Model):
    """That an announcement was sent to everyone who reaches it. It is done once, and cannot be taken back."""

    topic = models.OneToOneField(Topic, models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")


hold(
    Broadcast,
    _("Which announcements you sent to all."),
    kept=_("That an announcement was sent to all stays. It no longer says by whom."),
    about=("by",),
)
