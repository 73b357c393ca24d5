from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porch.conversation.topics.models import Topic
from porch.people.erasure.holdings import hold


class Way(models.TextChoices):
    """How posts went from one topic to another."""

    SPLIT = "split", _("Into a new topic")
    MOVE = "move", _("Into a topic that was there")
    MERGE = "merge", _("All of them, and the address of the topic leads there")


class Transfer(models.Model):
    """That posts of a topic went to another together, so that it can be undone as one. Undone, the row goes; a split is
    undone by a merge, which has a row of its own.

    The signs that they left have the numbers of rows from ``first_sign`` to ``last_sign``.
    """

    id = models.BigAutoField(primary_key=True)
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+")
    to = models.ForeignKey(Topic, models.CASCADE, related_name="+")
    way = models.CharField(max_length=8, choices=Way.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    # How many went, and the number that the first of them had.
    posts = models.PositiveIntegerField()
    first_number = models.PositiveIntegerField()
    first_sign = models.BigIntegerField()
    last_sign = models.BigIntegerField()
    # What the topic was before all of it went.
    was_pinned = models.BooleanField(default=False)
    answer = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(way__in=Way.values), name="posts_go_one_of_the_ways"),
            models.CheckConstraint(condition=~Q(topic=F("to")), name="posts_go_to_another_topic"),
        ]
        indexes = [
            models.Index(fields=["to", "-id"], name="what_came_to_a_topic"),
            models.Index(fields=["topic", "-id"], name="what_went_from_a_topic"),
        ]


hold(
    Transfer,
    _("Which posts you moved from one topic to another, and when."),
    kept=_("That posts went to another topic stays, so that it can be undone. It no longer says by whom."),
    about=("by",),
)
