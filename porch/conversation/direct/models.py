from django.db import models
from django.db.models import Q

from porch.conversation.spaces.models import Space


class Conversation(models.Model):
    """What is direct about a space: ``pair`` are its two members, by their numbers; a group has none.

    Who takes part stands in a table of its own. ``is_named`` says whether the group was given a name, which is then the
    title of its one topic.
    """

    space = models.OneToOneField(Space, models.CASCADE, primary_key=True, related_name="conversation")
    pair = models.CharField(max_length=41, null=True)
    is_named = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pair"], name="two_members_have_one_conversation"),
            models.CheckConstraint(
                condition=Q(pair__isnull=True) | Q(is_named=False), name="only_a_group_has_a_name"
            ),
        ]
