from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from porch.moderation.sanctions.models import Strike
from porch.people.erasure.cutting import cut
from porch.people.erasure.holdings import hold

MOST_APPEAL, ANSWERED_WITHIN = 2000, timedelta(days=7)


class Appeal(models.Model):
    """That whoever was warned, silenced, suspended or removed says that it is wrong; somebody else decides."""

    strike = models.OneToOneField(Strike, models.CASCADE, primary_key=True, related_name="appeal")
    words = models.CharField(max_length=MOST_APPEAL)
    at = models.DateTimeField()
    promise_number = models.BigIntegerField()
    decided_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    is_lifted = models.BooleanField(default=False)
    answer = models.CharField(max_length=MOST_APPEAL, blank=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="oldest_appeals_first")]


hold(
    Appeal,
    _("What you wrote against a sanction and what was answered; and which appeals you decided."),
    kept=_("That an appeal of somebody else was decided stays. It no longer says by whom."),
    mentions={"words": cut("words"), "answer": cut("answer")},
    about=("strike__person",),
)
