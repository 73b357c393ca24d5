import re
from collections.abc import Callable, Set
from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.community.roles.models import Role
from porch.conversation.topics.models import Topic
from porch.conversation.topics.voices import Voice, shown_name
from porch.conversation.wording.naming import MOST_WRITTEN, PATTERN, read
from porch.engine.files.models import Holding
from porch.kit.markdown import Extension, Link, render
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
    # What the page that it links to says of itself, ready to be shown; and whether somebody did not want that.
    link_card = models.TextField(blank=True, default="")
    without_card = models.BooleanField(default=False)
    # Each emoji and how many gave it, such as "👍 3 🎉 1", in the order in which they came; the rows are Reaction.
    # Kept here so that a page of posts asks nothing more. Only ``count_reactions`` writes it.
    reactions = models.CharField(max_length=600, blank=True, default="")
    # Where the post is now that stood at this number; this row is then only the sign that leads there.
    moved_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    # The topic in which ``reply_to`` counts, where the post went to another than the one it answers.
    reply_topic = models.ForeignKey(Topic, models.PROTECT, null=True, related_name="+", db_index=False)
    # As whom it was written, as it was then.
    voice = models.PositiveSmallIntegerField(choices=Voice.choices, default=Voice.MEMBER)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(voice__in=Voice.values), name="a_post_has_one_of_the_voices"),
            models.UniqueConstraint(fields=["topic", "number"], name="posts_of_a_topic_are_numbered"),
            models.UniqueConstraint(
                fields=["author", "sent_as"],
                condition=Q(sent_as__isnull=False),
                name="what_is_sent_twice_is_said_once",
            ),
            models.CheckConstraint(condition=Q(number__gt=0), name="posts_are_numbered_from_one"),
            models.CheckConstraint(
                condition=Q(reply_to__isnull=True)
                | Q(reply_topic__isnull=False)
                | Q(reply_to__lt=models.F("number")),
                name="a_reply_comes_after_what_it_answers",
            ),
            models.CheckConstraint(
                condition=Q(moved_to__isnull=True)
                | Q(author__isnull=True, source="", html="", reactions="", sent_as__isnull=True),
                name="the_sign_of_a_moved_post_says_nothing",
            ),
        ]
        indexes = [
            models.Index(fields=["author", "-id"], name="posts_by_who_wrote_them"),
            models.Index(fields=["at", "id"], name="posts_by_time"),
            models.Index(fields=["id"], condition=Q(number=1), name="posts_that_begin_topics"),
            models.Index(
                fields=["moved_to"], condition=Q(moved_to__isnull=False), name="signs_of_moved_posts"
            ),
        ]

    @property
    def said_by(self) -> str | None:
        """Give the name under which it is said; None where whoever said it has left."""
        return shown_name(self.voice, self.author.name if self.author else None)


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


class Mention(models.Model):
    """That a post names a member or a role. ``written`` is how, folded, so that it means the same after a new name."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="mentions")
    member = models.ForeignKey(Member, models.CASCADE, null=True, related_name="+")
    role = models.ForeignKey(Role, models.CASCADE, null=True, related_name="+")
    written = models.CharField(max_length=MOST_WRITTEN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "member"], name="a_post_names_a_member_once"),
            models.UniqueConstraint(fields=["post", "role"], name="a_post_names_a_role_once"),
            models.CheckConstraint(
                condition=Q(member__isnull=True, role__isnull=False)
                | Q(member__isnull=False, role__isnull=True),
                name="a_mention_is_of_a_member_or_of_a_role",
            ),
        ]


class PostPicture(models.Model):
    """That a post shows a picture: whoever reaches one of the posts that show it may see it."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="+")
    holding = models.ForeignKey(Holding, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "holding"], name="a_post_shows_a_picture_once")
        ]


# Told of a post whose words were taken away from it when somebody was erased, with its topic.
AFTER_CUTTING: list[Callable[["Post", Topic], None]] = []


def cut_post(post: Post, subject: Subject) -> Changes:
    """Take somebody's addresses out of what was said, and show it without them."""
    rendered = render(without_addresses(post.source, subject), extensions=[kept_names(post)])
    changed = {"source": rendered.source, "html": rendered.html, "html_version": rendered.version}
    # What a page elsewhere says is made anew, or not: it is not what somebody wrote here.
    has_address = without_addresses(post.link_card, subject) != post.link_card
    return {**changed, "link_card": ""} if has_address else changed


def kept_names(post: Post) -> Extension:
    """Link the names of a post as they were linked when it was written."""

    def resolve(names: Set[str]) -> dict[str, Link]:
        rows = {each.written: each for each in Mention.objects.filter(post=post)}
        written = {name: read(name) for name in names}
        return {
            name: link_to(rows[each.key], each.label) if each.key in rows else Link("", text=f"@{each.label}")
            for name, each in written.items()
            if each.key in rows or not each.is_bare
        }

    return Extension("mention", "@", PATTERN, resolve)


def link_to(mention: Mention, label: str) -> Link:
    """Lead from a name to the member. A role has no page that everyone reads, so its name is marked."""
    if mention.member_id is not None:
        return Link(reverse("member", args=[mention.member_id]), mention.member_id, f"@{label}")
    return Link("", mention.role_id, f"@{label}")


def unname(subject: Subject, at: datetime) -> None:
    """Take the name of somebody out of what others wrote, where it was a mention: a dot stands there."""
    for row in Mention.objects.filter(member__person_id=subject.person_id).select_related("post__topic"):
        post = row.post
        post.source = without_name(post.source, row.written)
        rendered = render(post.source, extensions=[kept_names(post)])
        post.source, post.html, post.html_version = rendered.source, rendered.html, rendered.version
        post.save(update_fields=["source", "html", "html_version"])
        for edition in Edition.objects.filter(post=post):
            edition.source = without_name(edition.source, row.written)
            edition.save(update_fields=["source"])
        for tell in AFTER_CUTTING:
            tell(post, post.topic)


def without_name(source: str, key: str) -> str:
    """Put a dot in the place of each mention that is written like this; the others stay."""
    return re.sub(PATTERN, lambda found: "@…" if read(found[1]).key == key else found[0], source)


def forget_why(subject: Subject, at: datetime) -> None:
    """Forget for which reasons posts of somebody were deleted: they speak of whoever wrote them."""
    Deletion.objects.filter(post__author_id=subject.person_id).update(reason="")


hold(
    Post,
    _("What you wrote, where and when."),
    kept=_("What you said stays for those who answered it. It no longer says who said it."),
    mentions={"source": cut_post, "html": cut_post, "link_card": cut_post},
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
hold(
    Mention,
    _("In which posts members named you."),
    also=unname,
)
