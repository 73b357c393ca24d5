from datetime import datetime

from django.db import models
from django.db.models import F, Q


class ConsentRequest(models.Model):
    """A yes that waits for its proof: a link was sent to the address. Only the digest of its secret is kept."""

    digest = models.CharField(max_length=64, unique=True)
    subject = models.CharField(max_length=80)
    address = models.CharField(max_length=254)
    purpose = models.CharField(max_length=60)
    wording = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")), name="a_request_expires_after_it_is_made"
            ),
            models.UniqueConstraint(
                fields=["subject", "purpose"], name="an_address_has_one_open_request_a_purpose"
            ),
        ]

    def is_open(self, at: datetime) -> bool:
        return self.asked_at <= at < self.expires_at
