from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold


class Kind(models.TextChoices):
    """What a file says."""

    TIERS = "tiers", _("tiers and renewal dates")
    PAYMENTS = "payments", _("payments")


class Sheet(models.Model):
    """A file that was sent and looked through, and waits to be applied; kept for a day."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    by = models.ForeignKey(Member, models.CASCADE, related_name="+")
    sent_at = models.DateTimeField()
    # For payments: whether each one renews a tier.
    renews = models.BooleanField(default=False)
    # The number of each line and its cells, as they were written; nothing once it has been applied.
    lines = models.JSONField(default=list)
    applied_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="a_sheet_is_of_one_of_the_kinds")
        ]
        indexes = [models.Index(fields=["sent_at"], name="oldest_sheets_first")]


hold(
    Sheet,
    _("Files of tiers and payments that stewards sent in, for a day, until they are applied."),
    mentions={"lines": {"lines": []}},
    kept=_("That a file was sent stays for a day. Its lines go: it is to be sent anew, without you."),
)
