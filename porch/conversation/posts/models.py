from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.conversation.topics.models import Topic
from porch.kit.markdown import render
from porch.people.erasure.cutting import cut, without_addresses
from porch.people.erasure.holdings import Changes, Subject, hold


class Post(models.Model):
    """Something that was said in a topic. ``number`` counts densely from 1, and 1 is what the topic began with."""

    id = models.BigAutoField(primary_key=True)
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    source = models.TextField()
    html = models.TextField()
    html_version = models.PositiveSmallIntegerField()
    # The number of the post in the same topic that this one answers.
    reply_to = models.PositiveIntegerField(null=True)
    # How often it was changed, and when last.
    edits = models.PositiveSmallIntegerField(default=0)
    edited_at = models.DateTimeField(null=True)
    # Made by the page that sends it, so that what is sent twice is said once.
    sent_as = models.CharField(max_length=32, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["topic", "number"], name="posts_of_a_topic_are_numbered"),
            models.UniqueConstraint(
                fields=["author", "sent_as"],
                condition=Q(sent_as__isnull=False),
                name="what_is_sent_twice_is_said_once",
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="posts_are_numbered_from_one"),
            models.CheckConstraint(
                condition=Q(reply_to__isnull=True) | Q(reply_to__lt=models.F("number")),
                name="a_reply_comes_after_what_it_answers",
            ),
        ]
        indexes = [models.Index(fields=["author", "-id"], name="posts_by_who_wrote_them")]


class Deletion(models.Model):
    """That a post was deleted, or is hidden until somebody has looked. Its place stays, empty; it can be restored."""

    post = models.OneToOneField(Post, models.CASCADE, primary_key=True, related_name="deletion")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    by_author = models.BooleanField()
    # Nobody deleted it: enough members reported it, and it waits for somebody who looks after the space.
    is_hidden = models.BooleanField(default=False)


class Edition(models.Model):
    """What a post said before it was changed for the ``number``-th time."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="editions")
    number = models.PositiveSmallIntegerField()
    source = models.TextField()
    # From when it stood there.
    since = models.DateTimeField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="editions_of_a_post_are_numbered")
        ]


def cut_post(post: Post, subject: Subject) -> Changes:
    """Take somebody's addresses out of what was said, and show it without them."""
    rendered = render(without_addresses(post.source, subject))
    return {"source": rendered.source, "html": rendered.html, "html_version": rendered.version}


def forget_why(subject: Subject, at: datetime) -> None:
    """Forget for which reasons posts of somebody were deleted: they speak of whoever wrote them."""
    Deletion.objects.filter(post__author_id=subject.person_id).update(reason="")


hold(
    Post,
    _("What you wrote, where and when."),
    kept=_("What you said stays for those who answered it. It no longer says who said it."),
    mentions={"source": cut_post, "html": cut_post},
    also=forget_why,
    about=("author",),
)
hold(
    Deletion,
    _("Which posts you deleted, and why."),
    kept=_("A post stays deleted. It no longer says by whom."),
    mentions={"reason": cut("reason")},
    about=("by",),
)
hold(
    Edition,
    _("What your posts said before they were changed, and who changed them."),
    kept=_("An earlier wording stays with its post. It no longer says who changed it."),
    mentions={"source": cut("source")},
    about=("ended_by",),
)
