from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from porch.people.erasure.holdings import hold


class MemberQuerySet(models.QuerySet["Member"]):
    def present(self) -> "MemberQuerySet":
        """Give those who belong: whoever has left is in no list, and is reached by no path of the community."""
        return self.filter(left_at__isnull=True)


class Member(models.Model):
    """That a person belongs: the list of these rows without ``left_at`` is the edge of the community (C1).

    Who has left keeps the row until it is archived, so that they can think better of it.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-joined_at", "-id"], name="members_newest_first")]


hold(Member, _("Who is a member, and since when."))
