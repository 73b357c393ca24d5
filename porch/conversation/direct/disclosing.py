"""What a participant hands to others of a direct conversation: what they choose, and nothing else of it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from porch.conversation.posts.models import Edition, Post
from porch.conversation.spaces.rules import reached_by
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
