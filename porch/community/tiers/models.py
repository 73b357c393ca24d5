from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold


class Period(models.TextChoices):
    """How long what was paid lasts."""

    MONTH = "month", _("a month")
    QUARTER = "quarter", _("a quarter")
    YEAR = "year", _("a year")
    ONCE = "once", _("once, for good")


class Ending(models.TextChoices):
    """How a member's tier came to an end."""

    CHANGED = "changed", _("changed for another tier")
    ENDED = "ended", _("ended at once")
    RAN_OUT = "ran-out", _("not renewed, as was wished")


class Notice(models.TextChoices):
    """What a member is told about their tier by itself, each once for a renewal date."""

    BEFORE = "before"
    GRACE = "grace"
    LAPSE = "lapse"


class Tier(models.Model):
    """A kind of paid membership: what it costs, for how long, and what it opens. ``price`` is in the smallest unit."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=60)
    # The name without case and accents: two that look alike are one.
    folded = models.CharField(max_length=180)
    opens = models.CharField(max_length=500, blank=True)
    price = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    period = models.CharField(max_length=10, choices=Period.choices)
    grace_days = models.PositiveSmallIntegerField()
    position = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["folded"],
                condition=Q(retired_at__isnull=True),
                name="a_tier_has_its_name_to_itself",
            ),
            models.CheckConstraint(condition=Q(price__gte=0), name="a_tier_costs_nothing_or_more"),
            models.CheckConstraint(
                condition=Q(period__in=Period.values), name="a_tier_has_one_of_the_periods"
            ),
        ]


class TierCircle(models.Model):
    """That a tier opens a circle."""

    tier = models.ForeignKey(Tier, models.CASCADE, related_name="circles")
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tier", "circle"], name="a_tier_opens_a_circle_once")]


class MemberTierQuerySet(models.QuerySet["MemberTier"]):
    def standing(self) -> "MemberTierQuerySet":
        """Give the tiers that members have now, lapsed ones too: those can be renewed."""
        return self.filter(ended_at__isnull=True, member__left_at__isnull=True)


class MemberTier(models.Model):
    """That a member has or had a tier. What it is worth today is said by its dates: see ``days.py``."""

    id = models.BigAutoField(primary_key=True)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    tier = models.ForeignKey(Tier, models.PROTECT, related_name="+")
    since = models.DateField()
    renews_on = models.DateField(null=True, blank=True)
    # The first day on which it is lapsed: the renewal date and the days of grace.
    lapses_on = models.DateField(null=True, blank=True)
    # On which day of the month it renews where the month has that day.
    month_day = models.PositiveSmallIntegerField(null=True, blank=True)
    # It is not to be renewed, and ends on its renewal date.
    is_ending = models.BooleanField(default=False)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    # When its circles were closed because nobody renewed it.
    lapsed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)

    objects = MemberTierQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member"], condition=Q(ended_at__isnull=True), name="a_member_has_one_tier_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(
                    renews_on__isnull=True,
                    lapses_on__isnull=True,
                    month_day__isnull=True,
                    is_ending=False,
                    lapsed_at__isnull=True,
                )
                | Q(lapses_on__gte=models.F("renews_on"), month_day__range=(1, 31)),
                name="grace_begins_when_a_tier_should_renew",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | Q(ended_at__isnull=False, ending__in=Ending.values),
                name="a_tier_that_ended_says_how",
            ),
        ]
        indexes = [
            models.Index(
                fields=["renews_on", "id"], condition=Q(ended_at__isnull=True), name="renewals_due_next"
            ),
            models.Index(
                fields=["lapses_on", "id"], condition=Q(ended_at__isnull=True), name="lapses_due_next"
            ),
            models.Index(fields=["tier"], condition=Q(ended_at__isnull=True), name="holders_of_a_tier"),
        ]


class TierNotice(models.Model):
    """That a member was told by mail how their tier stands, once for each renewal date."""

    member_tier = models.ForeignKey(MemberTier, models.CASCADE, related_name="+")
    notice = models.CharField(max_length=10, choices=Notice.choices)
    renews_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member_tier", "notice", "renews_on"], name="a_member_is_told_of_a_renewal_once"
            )
        ]


hold(
    MemberTier,
    _("Which tier you have or had, since when, when it renews, and who set it."),
    kept=_("That somebody else has a tier stays. It no longer says who set it."),
)
hold(TierNotice, _("That we wrote to you about a renewal, so that it is said once."))
