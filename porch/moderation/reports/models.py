from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.models import Post
from porch.moderation.why import MOST_WORDS, Why
from porch.people.erasure.cutting import cut
from porch.people.erasure.holdings import hold


class Outcome(models.TextChoices):
    """What became of a report."""

    OPEN = "open", _("Waits for a look")
    UPHELD = "upheld", _("The post was removed")
    DECLINED = "declined", _("The post stands")


class Report(models.Model):
    """That a member asks for a look at a post. ``weight`` is what it counted when it was made."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=20, choices=Why.choices)
    words = models.CharField(max_length=MOST_WORDS, blank=True)
    # What the post said then: whoever wrote it can change it.
    said = models.TextField()
    weight = models.PositiveSmallIntegerField()
    # Of a member who was new then.
    is_of_new = models.BooleanField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.OPEN)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "by"], name="a_member_reports_a_post_once"),
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="a_report_has_one_outcome"),
        ]
        indexes = [
            models.Index(fields=["post"], condition=Q(outcome="open"), name="open_reports_by_post"),
            models.Index(fields=["by", "-id"], name="reports_by_who_made_them"),
            models.Index(fields=["decided_at"], condition=Q(outcome="upheld"), name="upheld_reports_by_time"),
        ]


hold(
    Report,
    _("Which posts you reported, why, and what became of it."),
    kept=_("That others reported a post stays."),
    mentions={"words": cut("words"), "said": cut("said")},
    secret=("said", "weight"),
)
