from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porch.moderation.why import MOST_WORDS, Why
from porch.people.erasure.cutting import cut
from porch.people.erasure.holdings import hold

# How long a sanction counts as a strike, and how many strikes there are (C10).
STRIKE_LASTS, STRIKES = timedelta(days=180), 3


class Sanction(models.TextChoices):
    WARNING = "warning", _("Warning")
    SILENCE = "silence", _("Silence: they read, and write nothing")
    SUSPENSION = "suspension", _("Suspension: they cannot come in")
    REMOVAL = "removal", _("Removal from the community")


class StrikeQuerySet(models.QuerySet["Strike"]):
    def counting(self, at: datetime) -> "StrikeQuerySet":
        """Give those that still count against somebody."""
        return self.filter(lifted_at__isnull=True, expires_at__gt=at)

    def silencing(self, at: datetime) -> "StrikeQuerySet":
        """Give those that keep somebody from writing now."""
        return self.filter(kind=Sanction.SILENCE, lifted_at__isnull=True, until__gt=at)


class Strike(models.Model):
    """What was done against a member: why, what they were told, until when it holds, and when it is forgotten."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=Sanction.choices)
    why = models.CharField(max_length=20, choices=Why.choices)
    message = models.CharField(max_length=MOST_WORDS)
    at = models.DateTimeField()
    # Until when a silence or a suspension holds; empty for a warning, and for a removal without an end.
    until = models.DateTimeField(null=True)
    # When it no longer counts.
    expires_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    # The row in the community that keeps them out, by its number.
    suspension_number = models.BigIntegerField(null=True)
    removal_number = models.BigIntegerField(null=True)

    objects = StrikeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Sanction.values), name="a_strike_is_of_one_kind"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("at")), name="a_strike_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=~Q(kind="silence") | Q(until__isnull=False), name="a_silence_has_an_end"
            ),
        ]
        indexes = [models.Index(fields=["person", "-at"], name="strikes_of_a_person")]

    def holds(self, at: datetime) -> bool:
        """Say whether it still counts, or still keeps somebody from something."""
        return self.lifted_at is None and (
            at < self.expires_at or (self.until is not None and at < self.until)
        )


hold(
    Strike,
    _(
        "When you were warned, silenced, suspended or removed, why, and until when; and against whom you did so."
    ),
    kept=_("That somebody else was warned or silenced stays. It no longer says by whom."),
    mentions={"message": cut("message")},
    about=("person",),
)
