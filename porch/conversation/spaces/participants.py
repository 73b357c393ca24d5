from django.db import models
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.conversation.spaces.models import Space
from porch.people.erasure.holdings import hold


class Participant(models.Model):
    """That a member takes part in a direct conversation. Who has left it keeps the row, and reaches nothing by it."""

    space = models.ForeignKey(Space, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["space", "member"], name="a_member_takes_part_in_a_conversation_once"
            )
        ]


hold(Participant, _("In which direct conversations you take part, since when, and which you left."))
