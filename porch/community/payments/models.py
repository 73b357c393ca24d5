from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.community.tiers.models import MemberTier
from porch.people.erasure.holdings import Subject, hold


class Payment(models.Model):
    """Money that was received from a member, or given back: in the smallest unit of its currency.

    No row is deleted or edited. One that is wrong is taken back by a counter-entry, which bears its date, so that
    the sum of any time is right afterwards.
    """

    id = models.BigAutoField(primary_key=True)
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    amount = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    received_on = models.DateField()
    reference = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    # Which payment it takes back.
    counters = models.OneToOneField("self", models.PROTECT, null=True, related_name="counter")
    taken_back_at = models.DateTimeField(null=True, blank=True)
    # The renewal date that it moved, from where to where.
    member_tier = models.ForeignKey(MemberTier, models.SET_NULL, null=True, related_name="+")
    renewed_from = models.DateField(null=True, blank=True)
    renewed_to = models.DateField(null=True, blank=True)
    # Of the form that it came from: what is sent twice is recorded once.
    key = models.CharField(max_length=80, null=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="a_payment_is_more_or_less_than_nothing"),
            models.UniqueConstraint(
                fields=["reference"],
                condition=~Q(reference="") & Q(counters__isnull=True, taken_back_at__isnull=True),
                name="a_payment_is_recorded_once",
            ),
            models.CheckConstraint(
                condition=Q(renewed_from__isnull=True, renewed_to__isnull=True)
                | Q(renewed_from__isnull=False, renewed_to__isnull=False),
                name="a_renewal_goes_from_a_day_to_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-received_on", "-id"], name="payments_of_a_member"),
            models.Index(fields=["received_on"], name="payments_by_day"),
            models.Index(fields=["reference"], name="payments_by_reference"),
        ]


def forget_words(subject: Subject, at: datetime) -> None:
    """Empty what was written beside payments: a reference or a note may hold a name."""
    Payment.objects.filter(member__person=subject.person_id).update(reference="", note="")


hold(
    Payment,
    _(
        "What you paid, when, and who recorded it: it shows when your tier renews, and it is our book of what came in."
    ),
    kept=_(
        "The law has whoever takes money keep their books for years. The amount, the currency and the day stay; "
        "the reference, the note and whose it was do not."
    ),
    also=forget_words,
    harmless=("key",),
    about=("member__person", "member_tier__member__person"),
)
