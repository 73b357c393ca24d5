from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.conversation.topics.models import Topic
from porch.people.erasure.holdings import hold

LONGEST_OPTION = 150


class Poll(models.Model):
    """What a topic asks its readers to choose from, and by when.

    ``voters`` counts who voted. When it is over, ``reached`` is how many members could read it at ``counted_at``, and
    ``voted`` how many of these had voted.
    """

    topic = models.OneToOneField(Topic, models.CASCADE, primary_key=True, related_name="poll")
    # How many options one may choose.
    most = models.PositiveSmallIntegerField(default=1)
    # Who chose what is then written nowhere, and a vote is final.
    is_secret = models.BooleanField(default=False)
    closes_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    counted_at = models.DateTimeField(null=True)
    voters = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(null=True)
    voted = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(most__gt=0), name="one_may_choose_something"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, counted_at__isnull=True, reached=None, voted=None)
                | Q(
                    closed_at__isnull=False,
                    counted_at__isnull=False,
                    reached__isnull=False,
                    voted__lte=F("reached"),
                ),
                name="a_poll_that_is_over_was_counted",
            ),
        ]
        indexes = [
            models.Index(
                fields=["closes_at"], condition=Q(closed_at__isnull=True), name="polls_by_when_they_close"
            )
        ]


class Option(models.Model):
    """One thing to choose. ``votes`` counts who chose it."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="options")
    place = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=LONGEST_OPTION)
    votes = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["poll", "place"], name="options_of_a_poll_stand_in_order")
        ]


class Ballot(models.Model):
    """That a member voted: one row for both. Of a secret poll it says no more than that, not even when."""

    poll = models.ForeignKey(Poll, models.CASCADE, related_name="ballots")
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "member"], name="a_member_votes_once")]


class Choice(models.Model):
    """What a ballot of an open poll says. Of a secret one there is none."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="choices")
    option = models.ForeignKey(Option, models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "option"], name="an_option_is_chosen_once")]


hold(
    Choice,
    _("What you chose in open polls."),
    finds=lambda subject: Q(ballot__member__person_id=subject.person_id),
)
hold(
    Ballot,
    _(
        "In which polls you voted, and when where the poll is open. What you chose in a secret one is nowhere."
    ),
)
