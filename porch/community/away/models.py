from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.community.removal.models import by_hash
from porch.people.erasure.holdings import hold


class Suspension(models.Model):
    """That a member cannot come in until a time; roles and circles are kept, and count again after it."""

    id = models.BigAutoField(primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gt=F("since")), name="a_suspension_ends_after_it_begins"
            ),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(ended_at__isnull=True),
                name="a_member_is_suspended_once_at_a_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["until"], condition=Q(ended_at__isnull=True), name="suspensions_by_their_end"
            )
        ]


class SuspensionKept(models.Model):
    """That a suspension still ran when a membership ended: until then nobody comes in again by leaving first."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until = models.DateTimeField(db_index=True)
    reason = models.CharField(max_length=500)


class SuspensionHash(models.Model):
    """The keyed hash of an address of somebody who is suspended, until it is over.

    It recognises them under another account, after an erasure too; it leads to nobody.
    """

    hash = models.CharField(max_length=64, db_index=True)
    # The number of the suspension, so that the end of one does not free another; it outlives the row.
    suspension_number = models.BigIntegerField(db_index=True)
    until = models.DateTimeField(db_index=True)

    # The reason stands with the member alone.
    reason = ""


hold(
    Suspension,
    _("When you were suspended, why and until when, and whom you suspended."),
    kept=_(
        "That somebody else was suspended stays. It no longer says by whom, and a reason in which your address stood "
        "is gone."
    ),
    mentions={"reason": {"reason": "…"}},
)
hold(
    SuspensionKept,
    _("Until when you are suspended and why, where you left before that was over."),
    kept=_("That somebody else is suspended stays. A reason in which your address stood is gone."),
    mentions={"reason": {"reason": "…"}},
)
hold(
    SuspensionHash,
    _("Keyed hashes of the addresses that you had when you were suspended."),
    kept=_("They recognise an address that comes back before the suspension is over. They hold no address."),
    finds=lambda subject: by_hash("hash", subject),
    secret=("hash",),
    counted_by="hash",
)
