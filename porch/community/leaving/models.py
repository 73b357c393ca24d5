from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.membership.models import Member
from porch.community.roles.models import Role
from porch.people.erasure.holdings import hold


class Leaving(models.Model):
    """That a member has left and can still undo it; the row goes when they come back, and when they are archived."""

    id = models.BigAutoField(primary_key=True)
    member = models.OneToOneField(Member, models.CASCADE, related_name="+")
    left_at = models.DateTimeField()
    archive_at = models.DateTimeField(db_index=True)
    wants_erasure = models.BooleanField()
    # Of the link that undoes it: only the digest of its secret is kept.
    digest = models.CharField(max_length=64, unique=True)
    promise_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(archive_at__gt=F("left_at")), name="a_leaver_is_archived_after_they_left"
            )
        ]

    def can_be_undone(self, at: datetime) -> bool:
        return at < self.archive_at


class LaidDownRole(models.Model):
    """A role that a leaver had, so that undoing restores it."""

    leaving = models.ForeignKey(Leaving, models.CASCADE, related_name="+")
    role = models.ForeignKey(Role, models.CASCADE, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")


class LaidDownCircle(models.Model):
    """A circle that a leaver was in, so that undoing restores it."""

    leaving = models.ForeignKey(Leaving, models.CASCADE, related_name="+")
    circle = models.ForeignKey(Circle, models.CASCADE, related_name="+")
    joined_at = models.DateTimeField()


class ExitAnswer(models.Model):
    """What somebody who left said about it. It is about nobody: it holds the month, and no name or number."""

    month = models.DateField()
    why = models.CharField(max_length=2000, blank=True)
    what_would_have_kept = models.CharField(max_length=2000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(why="") | ~Q(what_would_have_kept=""), name="an_exit_answer_says_something"
            )
        ]
        indexes = [models.Index(fields=["-month", "-id"], name="newest_exit_answers_first")]


class AskAgain(models.Model):
    """That somebody who left may be asked once more, a year later. It leads to no answer of theirs."""

    person = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    not_before = models.DateTimeField(db_index=True)


class LeavingTerms(models.Model):
    """The text of the charter on what becomes of what somebody leaves behind; the newest row is the one that holds."""

    text = models.TextField(max_length=5000)
    at = models.DateTimeField()
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")


hold(Leaving, _("That you left, when you are archived, and what you wished for."), secret=("digest",))
hold(
    LaidDownRole,
    _("Which roles you had when you left, so that you can undo it."),
    kept=_("That somebody else had a role stays. It no longer says who gave it."),
)
hold(LaidDownCircle, _("Which circles you were in when you left, so that you can undo it."))
hold(AskAgain, _("That you may be asked once, a year after you left."))
hold(
    LeavingTerms,
    _("Who wrote the charter's text on leaving, and when."),
    kept=_("The text holds for everyone. It no longer says who wrote it."),
    about=("by__person",),
)
