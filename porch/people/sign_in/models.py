from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porch.people.erasure.holdings import hold
from porch.people.identity.models import Person


class MailedCode(models.Model):
    """A code that went out by mail: for one purpose, one browser, one use. Neither it nor the ticket is kept.

    Without a person it is of an address that nobody here has: it looks the same from outside and fits nothing, unless
    it is for joining. Then the address is kept with it as long as it lasts.
    """

    ticket = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=20)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+")
    address = models.EmailField(blank=True)
    mac = models.CharField(max_length=64)
    tries_left = models.PositiveSmallIntegerField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("issued_at")), name="a_code_expires_after_it_is_issued"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(address="") | Q(purpose="join"),
                name="an_address_of_nobody_is_kept_to_join",
            ),
        ]

    def is_open(self, at: datetime) -> bool:
        return self.issued_at <= at < self.expires_at


class Tally(models.Model):
    """How often something that can be guessed was tried in a span of time. Its key is a keyed hash."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True)


class SecondStep(models.Model):
    """That somebody wants to be asked for a second thing after a code or a password."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="+")
    since = models.DateTimeField()


hold(
    MailedCode,
    _("Codes that were sent to you and are not used yet, for a quarter of an hour."),
    deletes=("address",),
    secret=("ticket", "mac"),
)
hold(
    SecondStep,
    _("That you want to be asked for a second step when you sign in."),
    corrected_at={"second-factor": _("change your second step")},
)
