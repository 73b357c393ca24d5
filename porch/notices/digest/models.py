from django.db import models
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold


class LastDigest(models.Model):
    """When a member's digest was last made, so that none comes twice in a week."""

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="+")
    at = models.DateTimeField()


hold(LastDigest, _("When the last digest was sent to you."))
