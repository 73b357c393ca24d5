from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.membership.models import Member
from porch.community.roles.models import Role
from porch.people.erasure.holdings import hold


class Shape(models.TextChoices):
    """How what is said in a space is shown."""

    TOPICS = "topics", _("Topics, each with its title")
    ROOM = "room", _("A room: one stream, read and written as it comes")


class Space(models.Model):
    """A place where members talk. Every member reaches it, or those in a circle, or those who have a role.

    ``topics`` and ``posts`` count what stands in it; ``last_said_at`` is the time of the newest post.
    """

    id = models.BigAutoField(primary_key=True)
    slug = models.SlugField(max_length=60, unique=True, allow_unicode=True)
    name = models.CharField(max_length=80)
    description = models.CharField(max_length=500, blank=True)
    icon = models.CharField(max_length=16, blank=True)
    # Smaller comes first; those with the same place stand by name.
    place = models.PositiveSmallIntegerField(default=100)
    # What was said for few is not opened to many because a circle or a role goes: it goes when no space needs it.
    circle = models.ForeignKey(Circle, models.PROTECT, null=True, related_name="+")
    role = models.ForeignKey(Role, models.PROTECT, null=True, related_name="+")
    # Whoever does not reach it does not learn that it is there.
    is_hidden = models.BooleanField(default=False)
    # Read by anyone, outside too (B18).
    is_glass = models.BooleanField(default=False)
    # Never used for targeting, by anyone, in any export (C18).
    is_sensitive = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True)
    topics = models.PositiveIntegerField(default=0)
    posts = models.PositiveIntegerField(default=0)
    last_said_at = models.DateTimeField(null=True)
    # Those who talk in it are its participants, and nobody else reaches it (C4).
    is_direct = models.BooleanField(default=False)
    # How many rituals go on in it: pages of the others need not look.
    rituals = models.PositiveSmallIntegerField(default=0)
    shape = models.CharField(max_length=10, choices=Shape.choices, default=Shape.TOPICS)
    # How many seconds a member waits between two posts here; 0 for none.
    slow_seconds = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(circle__isnull=True) | Q(role__isnull=True),
                name="a_space_is_for_a_circle_or_for_a_role",
            ),
            models.CheckConstraint(
                condition=Q(is_glass=False)
                | Q(circle__isnull=True, role__isnull=True, is_hidden=False, is_sensitive=False),
                name="a_glass_space_is_open_to_every_member",
            ),
            models.CheckConstraint(
                condition=Q(is_hidden=False)
                | Q(circle__isnull=False)
                | Q(role__isnull=False)
                | Q(is_direct=True),
                name="a_hidden_space_is_hidden_from_somebody",
            ),
            # Whatever asks for what is hidden or sensitive is right about direct conversations too.
            models.CheckConstraint(
                condition=Q(is_direct=False)
                | Q(
                    circle__isnull=True,
                    role__isnull=True,
                    is_hidden=True,
                    is_sensitive=True,
                    is_glass=False,
                    archived_at__isnull=True,
                ),
                name="a_direct_conversation_is_for_its_participants_alone",
            ),
            models.CheckConstraint(condition=Q(shape__in=Shape.values), name="a_space_has_one_of_the_shapes"),
        ]
        indexes = [models.Index(fields=["place", "name", "id"], name="spaces_in_their_order")]


class Heard(models.TextChoices):
    """How much somebody wants to hear of a space, where a topic of it has no level of its own."""

    FOLLOW = "follow", _("Follow: be told of every post")
    TOPICS = "topics", _("Be told of new topics")
    TRACK = "track", _("Track: count what is new")
    MUTE = "mute", _("Mute: only what is said to me")


class SpaceLevel(models.Model):
    """That a member wants to hear more of a space, or less, than the usual: tracked is what has no row."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, models.CASCADE, related_name="+")
    level = models.CharField(max_length=10, choices=Heard.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "space"], name="a_member_hears_a_space_at_one_level"),
            models.CheckConstraint(
                condition=Q(level__in=[each for each in Heard.values if each != Heard.TRACK]),
                name="a_space_is_heard_at_one_of_the_levels",
            ),
        ]


hold(SpaceLevel, _("Of which spaces you want to hear more or less than usual."))
