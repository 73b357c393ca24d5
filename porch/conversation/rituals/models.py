from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.conversation.rituals.rhythm import Every, Rhythm
from porch.conversation.spaces.models import Space
from porch.conversation.topics.models import LONGEST_TITLE, Topic
from porch.people.erasure.cutting import cut
from porch.people.erasure.holdings import hold


class State(models.TextChoices):
    """What became of one time at which a ritual was due. A topic late is late, however good."""

    DUE = "due", _("Due")
    KEPT = "kept", _("Kept")
    LATE = "late", _("Late")
    MISSED = "missed", _("Missed")


class Ritual(models.Model):
    """A topic that comes round in a space. ``title`` has {n} for the number of the topic; ``number`` is the last one.

    ``next_at`` is when it is due next, empty while it is paused and when it has ended.
    """

    id = models.BigAutoField(primary_key=True)
    space = models.ForeignKey(Space, models.PROTECT, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE)
    source = models.TextField()
    every = models.CharField(max_length=20, choices=Every.choices)
    weekday = models.PositiveSmallIntegerField(default=0)
    nth = models.SmallIntegerField(default=1)
    day = models.PositiveSmallIntegerField(default=1)
    minute = models.PositiveSmallIntegerField()
    grace_hours = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(default=0)
    # In whose name it opens by itself.
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    opens_itself = models.BooleanField()
    keeper = models.ForeignKey(Member, models.SET_NULL, null=True, related_name="+")
    next_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(next_at__isnull=False) | Q(paused_at__isnull=False) | Q(ended_at__isnull=False),
                name="a_ritual_that_goes_on_is_due_some_time",
            ),
            models.CheckConstraint(
                condition=Q(opens_itself=False) | Q(keeper__isnull=True), name="a_ritual_has_one_who_opens_it"
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_at"], condition=Q(next_at__isnull=False), name="rituals_by_when_they_are_due"
            ),
            models.Index(fields=["space", "id"], name="rituals_of_a_space"),
        ]

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(
            every=self.every,
            minute=self.minute,
            begins=self.made_at,
            weekday=self.weekday,
            nth=self.nth,
            day=self.day,
        )


class Beat(models.Model):
    """One time at which a ritual was due, and what became of it. Only what was opened has a number and a topic."""

    id = models.BigAutoField(primary_key=True)
    ritual = models.ForeignKey(Ritual, models.CASCADE, related_name="beats")
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DUE)
    number = models.PositiveIntegerField(null=True)
    topic = models.OneToOneField(Topic, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ritual", "due_at"], name="a_ritual_is_due_once_at_a_time"),
            models.UniqueConstraint(fields=["ritual", "number"], name="titles_of_a_ritual_count_up"),
            models.UniqueConstraint(
                fields=["ritual"], condition=Q(state="due"), name="one_beat_of_a_ritual_is_waited_for"
            ),
            models.CheckConstraint(
                condition=Q(state__in=State.values), name="a_beat_is_in_one_of_the_states"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("kept", "late"), topic__isnull=False, number__isnull=False)
                | Q(state__in=("due", "missed"), topic__isnull=True, number__isnull=True),
                name="a_beat_that_was_opened_has_a_topic",
            ),
        ]


hold(
    Ritual,
    _("Which rituals you made, and which you keep."),
    kept=_("A ritual stays for those in its space. It no longer says who made or keeps it."),
    mentions={"title": cut("title"), "source": cut("source")},
    about=("made_by", "keeper"),
)
