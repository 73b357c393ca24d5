from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold


class Occasion(models.TextChoices):
    """What is remembered of a member on a day."""

    YEARS = "years", _("so many years here")
    FIRST_CIRCLE = "first-circle", _("in their first circle")


class Noticed(models.Model):
    """Something to remember of a member on one day, in the community's time zone. It goes when the day is over."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    on = models.DateField()
    occasion = models.CharField(max_length=20, choices=Occasion.choices)
    years = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "on", "occasion"], name="an_occasion_is_noticed_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(occasion__in=Occasion.values), name="an_occasion_is_one_of_ours"
            ),
            models.CheckConstraint(
                condition=Q(occasion=Occasion.YEARS, years__gt=0)
                | (~Q(occasion=Occasion.YEARS) & Q(years=0)),
                name="years_are_counted_where_they_are_meant",
            ),
        ]
        indexes = [models.Index(fields=["on", "occasion", "-years", "member"], name="noticed_by_day")]


class NotRemembered(models.Model):
    """That a member does not want their anniversaries and firsts shown."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="+")
    since = models.DateTimeField()


hold(Noticed, _("An anniversary or a first of yours, for the day on which members see it."))
hold(NotRemembered, _("That your anniversaries and firsts are not to be shown."))
