from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.moderation.why import Why


class What(models.TextChoices):
    """What was done to keep the place safe."""

    HIDDEN = "hidden", _("A post was hidden, because members reported it")
    REMOVED = "removed", _("Posts were removed")
    LET_STAND = "let-stand", _("Posts were looked at, and stand")
    UNDONE = "undone", _("A decision was undone")
    WARNING = "warning", _("A member was warned")
    SILENCE = "silence", _("A member was silenced for a while")
    SUSPENSION = "suspension", _("A member was suspended")
    REMOVAL = "removal", _("A member was removed")
    LIFTED = "lifted", _("A sanction was lifted")
    APPEAL_UPHELD = "appeal-upheld", _("An appeal was decided: the sanction stands")
    APPEAL_LIFTED = "appeal-lifted", _("An appeal was decided: the sanction is lifted")
    SLOW = "slow", _("Slow mode was changed in a space")


class LogEntry(models.Model):
    """What every member may read of it. It names nobody, no space and no words, and knows no person."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    what = models.CharField(max_length=20, choices=What.choices)
    why = models.CharField(max_length=20, choices=Why.choices, blank=True)
    # How many posts it was about.
    posts = models.PositiveIntegerField(default=0)
    # By reports alone; everything else by somebody who looks after the place.
    is_by_itself = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(what__in=What.values), name="the_log_tells_one_of_these"),
        ]
        indexes = [models.Index(fields=["-at", "-id"], name="newest_of_the_log_first")]
