from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.conversation.posts.models import Post
from porch.people.erasure.holdings import hold


class Ask(models.Model):
    """That a post asks certain members for an answer by a time. The list of them was frozen when it asked."""

    id = models.BigAutoField(primary_key=True)
    post = models.OneToOneField(Post, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    # How many were asked: it stays, whoever leaves or is erased.
    asked = models.PositiveIntegerField()
    reminded_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=models.F("at")), name="an_ask_ends_after_it_began"),
            models.CheckConstraint(condition=Q(asked__gt=0), name="an_ask_is_to_somebody"),
        ]
        indexes = [
            models.Index(fields=["until"], condition=Q(ended_at__isnull=True), name="asks_by_when_they_end")
        ]


class Asked(models.Model):
    """A member on the list of an ask, and whether they have answered. The row stays when they are gone."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="list")
    member = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    # When they answered first. A reply that is deleted later was given all the same.
    answered_at = models.DateTimeField(null=True)
    answer = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")
    # When they said that they have no answer.
    declined_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ask", "member"], name="a_member_is_asked_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(declined_at__isnull=True),
                name="nobody_answers_and_declines",
            ),
        ]


hold(
    Asked,
    _("By which posts you were asked for an answer, and whether and when you gave one."),
    kept=_("That somebody was asked stays, so that the response rate stays true. It no longer says who."),
    about=("member",),
)
