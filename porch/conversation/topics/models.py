from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.conversation.spaces.models import Space
from porch.conversation.topics.voices import Voice
from porch.people.erasure.cutting import cut
from porch.people.erasure.holdings import hold

LONGEST_TITLE = 150


class Kind(models.TextChoices):
    """What a topic wants of those who read it."""

    CONVERSATION = "conversation", _("Conversation")
    QUESTION = "question", _("Question")
    ANNOUNCEMENT = "announcement", _("Announcement")
    DECISION = "decision", _("Decision")
    POLL = "poll", _("Poll")
    # All that is said in a room.
    ROOM = "room", _("Room")


class Topic(models.Model):
    """Something that is talked about. ``posts`` is the number of its newest post: they are numbered from 1, densely."""

    id = models.BigAutoField(primary_key=True)
    space = models.ForeignKey(Space, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.CONVERSATION)
    title = models.CharField(max_length=LONGEST_TITLE)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    begun_at = models.DateTimeField()
    posts = models.PositiveIntegerField(default=0)
    last_said_at = models.DateTimeField()
    is_pinned = models.BooleanField(default=False)
    # The number of the post that answers a question.
    answer = models.PositiveIntegerField(null=True)
    # How many of its posts ask members for an answer by a time: pages of the others need not look.
    asks = models.PositiveIntegerField(default=0)
    # The topic into which this one was merged: its address leads there.
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    # The names of its tags, separated by commas; the rows are TopicTag. Only ``write_tags`` writes it.
    tags = models.CharField(max_length=200, blank=True, default="")
    # As whom it was begun: that of its first post.
    voice = models.PositiveSmallIntegerField(choices=Voice.choices, default=Voice.MEMBER)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(voice__in=Voice.values), name="a_topic_has_one_of_the_voices"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="a_topic_is_of_one_of_the_kinds"),
            models.CheckConstraint(
                condition=Q(answer__isnull=True) | Q(kind=Kind.QUESTION), name="only_a_question_has_an_answer"
            ),
            models.UniqueConstraint(
                fields=["space"], condition=Q(kind=Kind.ROOM), name="a_room_has_one_topic"
            ),
        ]
        indexes = [
            models.Index(
                fields=["space", "-is_pinned", "-last_said_at", "-id"], name="topics_of_a_space_in_order"
            ),
            models.Index(fields=["-last_said_at", "-id"], name="topics_by_newest_talk"),
            models.Index(fields=["author", "id"], name="topics_by_who_began_them"),
        ]


class Closure(models.Model):
    """That a topic is closed: nobody writes in it any more."""

    topic = models.OneToOneField(Topic, models.CASCADE, primary_key=True, related_name="closure")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)


hold(
    Topic,
    _("Which topics you began, where and when."),
    kept=_("A topic stays for those who talked in it. It no longer says who began it."),
    mentions={"title": cut("title")},
    about=("author",),
)
hold(
    Closure,
    _("Which topics you closed, and why."),
    kept=_("A topic stays closed. It no longer says by whom."),
    mentions={"reason": cut("reason")},
    about=("by",),
)
