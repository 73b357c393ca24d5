from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.people.erasure.holdings import hold


def here(member: str = "") -> Q:
    """Say that a member is here, reached by a path such as ``member__``: not gone, suspended or on a pause."""
    away = ("left_at", "suspended_until", "paused_at")
    return Q(**{f"{member}{column}__isnull": True for column in away})


def is_here(member: "Member") -> bool:
    """Say the same of a member that was read."""
    return member.left_at is None and member.suspended_until is None and member.paused_at is None


class MemberQuerySet(models.QuerySet["Member"]):
    def belonging(self) -> "MemberQuerySet":
        """Give everyone who has a seat: those too who are suspended or on a pause."""
        return self.filter(left_at__isnull=True)

    def present(self) -> "MemberQuerySet":
        """Give those who are here: whoever is not is in no list, and is reached by no path of the community."""
        return self.filter(here())


class Member(models.Model):
    """That a person belongs: the list of these rows without ``left_at`` is the edge of the community (C1).

    Who has left keeps the row until it is archived, so that they can think better of it. Who is suspended or on a
    pause keeps it with all that hangs on it, and is not here meanwhile.
    """

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    # Set while a suspension holds, and empty again when it is over: see porch/community/away.
    suspended_until = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    # How many notices wait for them: see porch/notices. It stands here so that each page shows it without a query more.
    waiting = models.PositiveIntegerField(default=0)

    objects = MemberQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["-joined_at", "-id"], name="members_newest_first")]


hold(Member, _("Who is a member, since when, whether they are away, and how many notices wait for them."))
