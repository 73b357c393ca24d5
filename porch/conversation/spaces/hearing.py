from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.conversation.spaces.models import Space
from porch.people.erasure.holdings import hold


class Heard(models.TextChoices):
    """How much somebody wants to hear of a space, where a topic of it has no level of its own."""

    FOLLOW = "follow", _("Follow: be told of every post")
    TOPICS = "topics", _("Be told of new topics")
    TRACK = "track", _("Track: count what is new")
    MUTE = "mute", _("Mute: only what is said to me")


class SpaceLevel(models.Model):
    """That a member wants to hear more of a space, or less, than the usual: tracked is what has no row."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, models.CASCADE, related_name="+")
    level = models.CharField(max_length=10, choices=Heard.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "space"], name="a_member_hears_a_space_at_one_level"),
            models.CheckConstraint(
                condition=Q(level__in=[each for each in Heard.values if each != Heard.TRACK]),
                name="a_space_is_heard_at_one_of_the_levels",
            ),
        ]


hold(SpaceLevel, _("Of which spaces you want to hear more or less than usual."))
