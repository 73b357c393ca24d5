from django.db import models
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.people.erasure.holdings import hold


class FirstSteps(models.Model):
    """What the stewards tell newcomers: what to read, where to say hello. There is one such text."""

    source = models.TextField()
    html = models.TextField()
    changed_at = models.DateTimeField()
    is_one = models.BooleanField(default=True, unique=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(is_one=True), name="newcomers_are_told_one_thing")
        ]


class Greeter(models.Model):
    """That a member welcomes those who are new."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="+")
    since = models.DateTimeField()


class Greeting(models.Model):
    """That a newcomer was greeted, when, and by whom."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="+")
    by = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()


class FirstStepsDismissal(models.Model):
    """That a newcomer has put the first steps away."""

    member = models.OneToOneField(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField()


hold(Greeter, _("That you welcome newcomers, and since when."))
hold(
    Greeting,
    _("That you were greeted when you were new, and by whom."),
    kept=_("That somebody else was greeted stays. It no longer says by whom."),
)
hold(FirstStepsDismissal, _("That you put away the first steps for newcomers."))
