from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.models import Post
from porch.conversation.spaces.models import Space
from porch.conversation.topics.models import LONGEST_TITLE, Topic
from porch.people.erasure.cutting import cut
from porch.people.erasure.holdings import hold


class State(models.TextChoices):
    WAITING = "waiting", _("Waits for a look")
    APPROVED = "approved", _("Posted")
    DECLINED = "declined", _("Not posted")
    WITHDRAWN = "withdrawn", _("Taken back by you")


class HeldPost(models.Model):
    """What a new member wrote and nobody reads before a steward has looked. Without a topic it would begin one."""

    id = models.BigAutoField(primary_key=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    space = models.ForeignKey(Space, models.PROTECT, related_name="+")
    topic = models.ForeignKey(Topic, models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    source = models.TextField()
    html = models.TextField()
    # What the same words have in common, whoever sends them.
    fingerprint = models.CharField(max_length=64)
    reply_to = models.PositiveIntegerField(null=True)
    sent_as = models.CharField(max_length=32, null=True)
    # The names of the signals, with commas between them.
    why = models.CharField(max_length=200)
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_at = models.DateTimeField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    post = models.ForeignKey(Post, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["author", "sent_as"],
                condition=Q(sent_as__isnull=False),
                name="what_is_sent_twice_is_held_once",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="a_held_post_has_one_state"),
        ]
        indexes = [
            models.Index(fields=["author", "-id"], name="held_posts_of_a_person"),
            models.Index(fields=["at"], condition=Q(state="waiting"), name="waiting_posts_oldest_first"),
            models.Index(fields=["fingerprint"], name="held_posts_by_their_words"),
        ]


hold(
    HeldPost,
    _("What you wrote as a new member and had to wait for a look, and what became of it."),
    kept=_("What others wrote stays. It no longer says who decided about it."),
    mentions={"title": cut("title"), "source": cut("source"), "html": cut("html"), "reason": cut("reason")},
    secret=("fingerprint",),
)
