from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.conversation.topics.models import Topic
from porch.people.erasure.holdings import hold


class Level(models.TextChoices):
    """How much somebody wants to hear of a topic; as usual is what they chose for its space."""

    FOLLOW = "follow", _("Follow")
    TRACK = "track", _("Track")
    NORMAL = "normal", _("As usual")
    MUTE = "mute", _("Mute")


class Reading(models.Model):
    """How far a member has read a topic: one row for both, however many posts there are."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, related_name="+")
    # The number of the last post that they have seen. It falls only where they say so.
    number = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    level = models.CharField(max_length=10, choices=Level.choices, default=Level.NORMAL)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "topic"], name="a_member_reads_a_topic_in_one_row"),
            models.CheckConstraint(
                condition=Q(level__in=Level.values), name="a_topic_is_heard_at_one_of_the_levels"
            ),
        ]


hold(Reading, _("How far you have read each topic, and how much you want to hear of it."))
