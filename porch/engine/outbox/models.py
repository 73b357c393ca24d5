from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.engine.outbox.states import Priority, State


class Delivery(models.Model):
    """Something that is to reach one address, with what became of it. A row for each, of whatever kind.

    ``reason`` is a word for why it was left out or failed, ``answer`` what the other side said. ``past_return_at``
    is the moment before the first byte went out in the running attempt: from there on nobody can say for sure that
    it did not arrive. ``attempt`` names that attempt, so that a slow worker cannot speak for another's.
    """

    id = models.BigAutoField(primary_key=True)
    carrier = models.CharField(max_length=20)
    kind = models.CharField(max_length=80)
    to_address = models.CharField(max_length=254, blank=True)
    address_hash = models.CharField(max_length=64)
    subject = models.CharField(max_length=200)
    ground = models.CharField(max_length=60)
    # On whose yes it stands, in the words of the ledger; empty for what is needed without one.
    consent_id = models.BigIntegerField(null=True)
    subject_name = models.CharField(max_length=80, blank=True)
    batch = models.CharField(max_length=60, blank=True)
    priority = models.SmallIntegerField(choices=Priority.choices)
    is_secret = models.BooleanField()
    message_id = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=State.choices)
    reason = models.CharField(max_length=40, blank=True)
    answer = models.CharField(max_length=500, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    attempt = models.CharField(max_length=32, blank=True)
    queued_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    rung_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    past_return_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("delivery")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="a_delivery_is_in_one_of_its_states"
            ),
            models.CheckConstraint(
                condition=~Q(state=State.SENDING) | (Q(ends_at__isnull=False) & ~Q(attempt="")),
                name="what_is_being_sent_has_an_attempt_and_an_end",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.QUEUED) | Q(next_try_at__isnull=False),
                name="what_is_queued_has_a_next_try",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[State.EXCLUDED, State.FAILED]) | ~Q(reason=""),
                name="what_is_left_out_or_failed_has_a_reason",
            ),
            models.CheckConstraint(condition=~Q(ground=""), name="a_delivery_has_its_ground"),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="deliveries_by_state"),
            models.Index(fields=["address_hash"], name="deliveries_by_address"),
            models.Index(fields=["next_try_at"], condition=Q(state="queued"), name="deliveries_that_wait"),
            models.Index(fields=["ends_at"], condition=Q(state="sending"), name="deliveries_under_way"),
            models.Index(fields=["batch", "state"], condition=~Q(batch=""), name="deliveries_of_a_batch"),
        ]

    @property
    def is_past_return(self) -> bool:
        return self.past_return_at is not None


class DeliveryBody(models.Model):
    """The ready bytes of a delivery. Those of a letter with a secret are wiped as soon as they are not needed."""

    delivery = models.OneToOneField(Delivery, models.CASCADE, related_name="body", primary_key=True)
    data = models.BinaryField()
