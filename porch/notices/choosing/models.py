from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold

A_DAY = 24 * 60


class Pace(models.TextChoices):
    """How soon what somebody is told of comes by mail too."""

    AT_ONCE = "at-once", _("At once")
    HOURLY = "hourly", _("Each hour")
    DAILY = "daily", _("Each day")
    WEEKLY = "weekly", _("Each week")
    NEVER = "never", _("Never")


def pace(default: Pace) -> models.CharField[str, str]:
    """Make a column for how soon one kind is mailed."""
    return models.CharField(max_length=10, choices=Pace.choices, default=default)


class Choice(models.Model):
    """What a member wants by mail, for each kind of notice, and when none comes. Without a row the defaults hold.

    The quiet hours are from when to when, in minutes after midnight by the clocks of ``zone``; an end before the
    beginning is on the next day. Empty where there are none.
    """

    member = models.OneToOneField(Member, models.CASCADE, primary_key=True, related_name="+")
    followed = pace(Pace.DAILY)
    announcement = pace(Pace.AT_ONCE)
    reply = pace(Pace.AT_ONCE)
    mention = pace(Pace.AT_ONCE)
    direct = pace(Pace.AT_ONCE)
    asked = pace(Pace.AT_ONCE)
    reminder = pace(Pace.AT_ONCE)
    # Empty: that of the community.
    zone = models.CharField(max_length=60, blank=True)
    quiet_from = models.PositiveSmallIntegerField(null=True)
    quiet_to = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | (Q(quiet_from__lt=A_DAY, quiet_to__lt=A_DAY) & ~Q(quiet_from=models.F("quiet_to"))),
                name="quiet_hours_have_a_beginning_and_an_end",
            )
        ]


hold(Choice, _("What you want by mail, how soon, and at which hours nothing comes."))
