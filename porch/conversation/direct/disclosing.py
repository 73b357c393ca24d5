"""What a participant hands to others of a direct conversation: what they choose, and nothing else of it.

Those to whom it was handed do not reach the conversation. What they decide about the post that they saw is done to
that post alone, by the verbs below, which ask for no reach: whoever calls them has seen to it that it was handed over.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.acts import DELETED, RESTORED
from porch.conversation.posts.changing import clear_place
from porch.conversation.posts.facts import PostRestored
from porch.conversation.posts.models import Deletion, Edition, Post
from porch.conversation.posts.telling import note_changed
from porch.conversation.spaces.rules import reached_by
from porch.conversation.topics.models import Topic
from porch.engine.audit.recording import record
from porch.kit.refusals import BadInput, NotFound
from porch.people.identity.models import Person

MOST_DISCLOSED = 10


class TooMuchDisclosed(BadInput):
    text = _("A report shows at most %(most)s posts.")
    hint = _("Choose the post that it is about, and the few before it that one must know.")


@dataclass(frozen=True, slots=True)
class DisclosedPost:
    """A post of a direct conversation as a participant shows it, to be stored as a copy of its own.

    ``earlier`` are its wordings before it was changed, the oldest first, which participants read too.
    """

    id: int
    topic_id: int
    number: int
    author_id: int | None
    at: datetime
    source: str
    earlier: tuple[str, ...]


def disclose(post_ids: Collection[int], by: Person) -> list[DisclosedPost]:
    """Give the texts of posts of one direct conversation in which somebody takes part, in their order.

    Raises ``NotFound`` where one of them is not theirs to read, was deleted, or stands in another conversation, and
    ``TooMuchDisclosed``.
    """
    wanted = set(post_ids)
    if len(wanted) > MOST_DISCLOSED:
        raise TooMuchDisclosed(most=MOST_DISCLOSED)
    found = Post.objects.filter(
        reached_by(by.pk, "topic__space__"),
        pk__in=wanted,
        topic__space__is_direct=True,
        deletion__isnull=True,
    )
    posts = list(found.order_by("number"))
    if not posts or len(posts) != len(wanted) or len({each.topic_id for each in posts}) > 1:
        raise NotFound
    return [disclosed(each) for each in posts]


def disclosed(post: Post) -> DisclosedPost:
    """Give a post with what it said before."""
    earlier = Edition.objects.filter(post=post).order_by("number").values_list("source", flat=True)
    return DisclosedPost(
        post.pk, post.topic_id, post.number, post.author_id, post.at, post.source, tuple(earlier)
    )


def remove_disclosed(*, post: Post, topic: Topic, by: Person, at: datetime, reason: str) -> None:
    """Delete a post that was handed over, and is held with its topic. Whoever wrote it does not restore it."""
    Deletion.objects.create(post=post, at=at, by=by, reason=reason, by_author=False)
    record(DELETED, by_id=by.pk, about_id=post.author_id, at=at, reason=reason, post_id=post.pk)
    clear_place(post, topic, by_id=by.pk, at=at)


def restore_disclosed(*, post: Post, topic: Topic, by: Person, at: datetime) -> None:
    """Show a post again that was handed over, and is held with its topic."""
    record(RESTORED, by_id=by.pk, about_id=post.author_id, at=at, post_id=post.pk)
    Deletion.objects.filter(post=post).delete()
    note_changed(PostRestored, topic, post, by_id=by.pk, at=at)
