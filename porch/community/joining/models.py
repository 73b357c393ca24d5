from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold


class Way(models.TextChoices):
    """By which way somebody came in."""

    FOUNDED = "founded", _("by the command line")
    INVITE = "invite", _("by invitation")
    REQUEST = "request", _("on request")
    OPEN = "open", _("through the open door")
    PLACED = "placed", _("put in by a steward")
    TIER = "tier", _("by their tier")


class Arrival(models.Model):
    """That a member came into a circle, when, by which way, and who brought them; whoever comes again has a second."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    way = models.CharField(max_length=10, choices=Way.choices)
    brought_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(way__in=Way.values), name="an_arrival_has_one_of_the_ways"),
            models.CheckConstraint(
                condition=Q(brought_by__isnull=True) | ~Q(brought_by=models.F("member")),
                name="a_member_is_brought_by_somebody_else",
            ),
        ]
        indexes = [
            models.Index(fields=["circle", "-at", "-id"], name="newest_arrivals_first"),
            models.Index(fields=["brought_by", "circle", "id"], name="arrivals_by_who_brought_them"),
        ]


hold(
    Arrival,
    _("When you came in, by which way, and who brought you."),
    kept=_("That others came in stays. It no longer says who brought them."),
)
