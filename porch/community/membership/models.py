from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from porch.people.erasure.holdings import hold


class Member(models.Model):
    """That a person belongs: the list of these rows is the edge of the community (C1)."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["-joined_at", "-id"], name="members_newest_first")]


hold(Member, _("Who is a member, and since when."))
