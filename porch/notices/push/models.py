from django.db import models
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold


class Device(models.Model):
    """A browser of a member's that wants to be told. Its push service passes on what it cannot read (RFC 8291)."""

    id = models.BigAutoField(primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    # What the member calls it, or what it calls itself.
    name = models.CharField(max_length=80)
    endpoint = models.CharField(max_length=1000)
    # SHA-256 of the endpoint, in hexadecimal: a browser has one, and one member at a time.
    endpoint_hash = models.CharField(max_length=64, unique=True)
    p256dh = models.CharField(max_length=100)
    auth = models.CharField(max_length=40)
    made_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["member", "id"], name="devices_of_a_member")]


hold(
    Device,
    _("Which of your devices are told of what is new, and since when."),
    secret=("endpoint", "endpoint_hash", "p256dh", "auth"),
)
