from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

EVERYTHING = ""


class Reason(models.TextChoices):
    """Why nothing is sent."""

    WITHDRAWN = "withdrawn", _("asked to stop")
    BOUNCED = "bounced", _("the mailbox is gone")
    COMPLAINT = "complaint", _("reported as unwanted")
    ERASED = "erased", _("erased on request")
    OPERATOR = "operator", _("by an operator")


class Suppression(models.Model):
    """That an address is not written to, for one purpose or at all. It holds no address, only a keyed hash."""

    hash = models.CharField(max_length=64)
    key = models.CharField(max_length=8)
    scope = models.CharField(max_length=60, blank=True)
    reason = models.CharField(max_length=12, choices=Reason.choices)
    since = models.DateTimeField()
    entered_by = models.ForeignKey("people.Person", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hash", "scope", "reason"], name="an_address_is_suppressed_once_for_each_reason"
            ),
            models.CheckConstraint(
                condition=Q(reason__in=Reason.values), name="a_suppression_has_one_of_our_reasons"
            ),
        ]
        indexes = [models.Index(fields=["key"], name="suppressions_by_key")]
