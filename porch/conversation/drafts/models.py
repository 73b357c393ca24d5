from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.conversation.spaces.models import Space
from porch.conversation.topics.models import LONGEST_TITLE, Topic
from porch.people.erasure.holdings import hold


class Draft(models.Model):
    """What somebody is writing: in a topic, or a new topic for a space. Only they see it."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, related_name="drafts")
    space = models.ForeignKey(Space, models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    source = models.TextField(blank=True)
    # What another device wrote that had not seen this wording.
    beside = models.TextField(blank=True)
    # Counts the times it was kept, so that a device sees whether another one kept something meanwhile.
    version = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "topic"], name="one_draft_of_somebody_in_a_topic"),
            models.UniqueConstraint(fields=["person", "space"], name="one_draft_of_somebody_for_a_space"),
            models.CheckConstraint(
                condition=Q(topic__isnull=True, space__isnull=False)
                | Q(topic__isnull=False, space__isnull=True),
                name="a_draft_is_for_a_topic_or_for_a_space",
            ),
        ]


hold(Draft, _("What you were writing and have not posted."))
