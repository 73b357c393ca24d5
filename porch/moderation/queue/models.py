from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.models import Post
from porch.moderation.holding.models import HeldPost
from porch.moderation.reports.models import Report
from porch.moderation.sanctions.models import Strike
from porch.moderation.why import Why
from porch.people.erasure.cutting import cut
from porch.people.erasure.holdings import hold


class Verdict(models.TextChoices):
    STAND = "stand", _("Let it stand")
    REMOVE = "remove", _("Remove it")


class Decision(models.Model):
    """One answer to everything that one account did, with each thing that it changed, so that it is undone as one."""

    id = models.BigAutoField(primary_key=True)
    about = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    verdict = models.CharField(max_length=10, choices=Verdict.choices)
    why = models.CharField(max_length=20, choices=Why.choices, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    strike = models.ForeignKey(Strike, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["-at", "-id"], name="newest_decisions_first"),
            models.Index(fields=["about", "-id"], name="decisions_about_a_person"),
        ]


class Step(models.Model):
    """One thing that a decision changed: a post, a held post or a report, and how it stood before."""

    id = models.BigAutoField(primary_key=True)
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="steps")
    post = models.ForeignKey(Post, models.CASCADE, null=True, related_name="+")
    held = models.ForeignKey(HeldPost, models.CASCADE, null=True, related_name="+")
    report = models.ForeignKey(Report, models.CASCADE, null=True, related_name="+")
    was_hidden = models.BooleanField(default=False)
    was_by_author = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=False, held__isnull=True, report__isnull=True)
                | Q(post__isnull=True, held__isnull=False, report__isnull=True)
                | Q(post__isnull=True, held__isnull=True, report__isnull=False),
                name="a_step_is_about_one_thing",
            )
        ]


hold(
    Decision,
    _("What was decided about your posts, by whom and why; and what you decided about those of others."),
    kept=_(
        "That something was decided stays, so that it can be undone. It no longer says by whom or about whom."
    ),
    mentions={"reason": cut("reason")},
    about=("about",),
)
hold(
    Step,
    _("Which of your posts and reports a decision changed, so that it can be undone."),
    kept=_("What a decision changed in the posts of others stays, so that it can be undone."),
)
