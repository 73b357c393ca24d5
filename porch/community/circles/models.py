from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold


class WayIn(models.TextChoices):
    """How one comes into a circle."""

    INVITE = "invite", _("by invitation")
    REQUEST = "request", _("on request")
    OPEN = "open", _("open to everyone")


class Circle(models.Model):
    """A named set of members with its own spaces. The whole community is one too: ``is_whole``, and there is one such.

    Who is in the whole is said by the rows of ``Member`` alone; who is in another by ``CircleMember``.
    """

    id = models.BigAutoField(primary_key=True)
    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=500, blank=True)
    is_whole = models.BooleanField(default=False)
    # Whoever is not in it does not learn that it is there.
    is_hidden = models.BooleanField(default=False)
    way_in = models.CharField(max_length=10, choices=WayIn.choices, default=WayIn.INVITE)
    # How many members have to vouch for whoever comes in.
    vouches = models.PositiveSmallIntegerField(default=0)
    # The most members it takes; the next ones wait.
    ceiling = models.PositiveIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way_in__in=WayIn.values), name="a_circle_has_one_of_the_ways_in"
            ),
            models.UniqueConstraint(
                fields=["is_whole"], condition=Q(is_whole=True), name="the_whole_community_is_one_circle"
            ),
            models.CheckConstraint(
                condition=Q(is_whole=False) | Q(is_hidden=False), name="the_whole_community_is_not_hidden"
            ),
            models.CheckConstraint(
                condition=Q(ceiling__isnull=True) | Q(ceiling__gt=0),
                name="a_ceiling_leaves_room_for_somebody",
            ),
        ]


class CircleMember(models.Model):
    """That a member is in a circle."""

    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["circle", "member"], name="a_member_is_in_a_circle_once")
        ]
        indexes = [models.Index(fields=["circle", "-joined_at", "-id"], name="newest_of_a_circle_first")]


hold(CircleMember, _("Which circles you are in, and since when."))
