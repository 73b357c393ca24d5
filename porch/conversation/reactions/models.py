from collections.abc import Iterable
from datetime import datetime

from django.db import connection, models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.conversation.posts.models import Post
from porch.conversation.reactions.emoji import MOST_CHARACTERS
from porch.conversation.topics.models import Topic
from porch.people.erasure.holdings import Subject, hold


class Reaction(models.Model):
    """An emoji that a member gave to a post."""

    id = models.BigAutoField(primary_key=True)
    post = models.ForeignKey(Post, models.CASCADE, related_name="+", db_index=False)
    member = models.ForeignKey(Member, models.CASCADE, related_name="+")
    emoji = models.CharField(max_length=MOST_CHARACTERS)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["post", "member", "emoji"], name="a_member_gives_an_emoji_once"),
            models.CheckConstraint(condition=~Q(emoji=""), name="a_reaction_is_an_emoji"),
        ]


def count_reactions(post_id: int) -> str:
    """Write onto a post which reactions it has, and give that: each emoji and its number, the oldest first.

    They are counted from the rows, so whoever calls holds the topic, and no two count at once.
    """
    found = (
        Reaction.objects.filter(post_id=post_id)
        .values("emoji")
        .annotate(many=models.Count("pk"), first=models.Min("pk"))
        .order_by("first")
        .values_list("emoji", "many")
    )
    text = written(found)
    Post.objects.filter(pk=post_id).update(reactions=text)
    return text


def written(counts: Iterable[tuple[str, int]]) -> str:
    """Write counts as they stand on a post: "👍 3 🎉 1"."""
    return " ".join(f"{emoji} {many}" for emoji, many in counts)


def take_back_all(subject: Subject, at: datetime) -> None:
    """Take back what somebody gave, so that the numbers on posts stay right when they go."""
    theirs = Reaction.objects.filter(member__person_id=subject.person_id)
    posts = list(theirs.order_by("post_id").values_list("post_id", flat=True).distinct())
    if not posts:
        return
    if connection.features.has_select_for_update:
        topics = Topic.objects.filter(pk__in=Post.objects.filter(pk__in=posts).values("topic")).order_by("pk")
        list(topics.select_for_update(no_key=True).values_list("pk"))
    theirs.delete()
    for post_id in posts:
        count_reactions(post_id)


hold(Reaction, _("Which emoji you gave to which posts, and when."), also=take_back_all)
