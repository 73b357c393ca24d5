from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, IntegerField, OuterRef, Q, QuerySet, Subquery

from porch.community.membership.models import Member
from porch.community.portraits.models import Portrait
from porch.conversation.blocks.rules import blocked_by
from porch.conversation.posts.models import Post
from porch.conversation.spaces.rules import looked_after_by, reached_by
from porch.conversation.topics.voices import Spoken, Voice
from porch.kit.prepared import Prepared
from porch.kit.refusals import NotFound

PAGE = 30


@dataclass(frozen=True, slots=True)
class PostRow(Spoken):
    """A post as a topic's page shows it. What a deleted one said is not shown."""

    id: int
    number: int
    author_id: int | None
    author__name: str | None
    at: datetime
    html: str
    reply_to: int | None
    edits: int
    deletion__at: datetime | None
    deletion__by_author: bool | None
    deletion__reason: str | None
    writer: int | None
    portrait: str | None
    link_card: str
    # By whoever looks.
    is_blocked: bool
    reactions: str
    mine: str | None
    moved_to_id: int | None
    reply_topic_id: int | None
    is_bookmarked: bool
    deletion__is_hidden: bool | None
    voice: int

    @property
    def is_deleted(self) -> bool:
        return self.deletion__at is not None

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """Which emoji were given, and by how many."""
        return read_counts(self.reactions)


# Slices above add what a page shows of a post to the query that reads it. Each is given the posts and the place of the
# number of the member who looks.
ALSO_READ: list[Callable[[QuerySet[Post], Any], QuerySet[Post]]] = []


def also_read(posts: QuerySet[Post], member: Any) -> QuerySet[Post]:
    """Add to posts what slices above read of them."""
    for add in ALSO_READ:
        posts = add(posts, member)
    return posts


def read_counts(text: str) -> list[tuple[str, int]]:
    """Read the numbers of reactions as they stand on a post: "👍 3 🎉 1"."""
    parts = text.split(" ") if text else []
    return [(emoji, int(many)) for emoji, many in zip(parts[::2], parts[1::2], strict=True)]


# Of authors who are members; whoever has left shows none.
_PORTRAITS = Portrait.objects.filter(
    member__person=OuterRef("author"), member__person__is_active=True, member__left_at__isnull=True
)
_MEMBERS = Member.objects.present().filter(person=OuterRef("author"))
POSTS = Prepared(
    lambda topic, after, person, member: (
        also_read(Post.objects.filter(topic_id=topic, number__gt=after), member)
        .select_related("author", "deletion")
        .annotate(writer=Subquery(_MEMBERS.values("pk")[:1]))
        .annotate(portrait=Subquery(_PORTRAITS.values("holding_id")[:1]))
        # Nobody blocks the organisation: what is folded would tell who wrote it.
        .annotate(is_blocked=~Q(voice=Voice.ORGANISATION) & Q(blocked_by(person, OuterRef("author"))))
        .order_by("number")[:PAGE]
    ),
    PostRow,
    topic=BigIntegerField(),
    after=IntegerField(),
    person=BigIntegerField(),
    member=BigIntegerField(),
)


@dataclass(frozen=True, slots=True)
class ReachedPost(Spoken):
    """One post that somebody reaches, as its own pages show it."""

    id: int
    number: int
    topic_id: int
    topic__title: str
    topic__space__slug: str
    topic__space__name: str
    topic__space__is_glass: bool
    topic__space__circle__name: str | None
    topic__space__role__name: str | None
    author_id: int | None
    author__name: str | None
    source: str
    html: str
    at: datetime
    edits: int
    deletion__at: datetime | None
    deletion__by_author: bool | None
    deletion__reason: str | None
    tends: bool
    topic__space__is_direct: bool
    reactions: str
    topic__space__archived_at: datetime | None
    deletion__is_hidden: bool | None
    voice: int
    writer: int | None

    @property
    def is_deleted(self) -> bool:
        return self.deletion__at is not None


POST = Prepared(
    lambda post, person: (
        Post.objects.filter(reached_by(person, "topic__space__"), pk=post, moved_to__isnull=True)
        .select_related("topic__space__circle", "topic__space__role", "author", "deletion")
        .annotate(
            tends=Q(looked_after_by(person, "topic__space__")),
            writer=Subquery(_MEMBERS.values("pk")[:1]),
        )
    ),
    ReachedPost,
    post=BigIntegerField(),
    person=BigIntegerField(),
)


def place_now(topic_id: int, number: int) -> tuple[int, int]:
    """Say in which topic and under which number a post stands now that had this place."""
    moved = Post.objects.filter(topic_id=topic_id, number=number, moved_to__isnull=False)
    return moved.values_list("moved_to__topic_id", "moved_to__number").first() or (topic_id, number)


def find_post(post_id: int, person_id: int) -> ReachedPost:
    """Find a post that somebody reaches. Raises ``NotFound``."""
    found = POST.first(post=post_id, person=person_id)
    if found is None:
        raise NotFound
    return found


SAID = Prepared(
    lambda topic, number, person: (
        Post.objects.filter(reached_by(person, "topic__space__"), topic_id=topic, number=number)
        .filter(deletion__isnull=True)
        .select_related("topic__space__circle", "topic__space__role", "author", "deletion")
        .annotate(
            tends=Q(looked_after_by(person, "topic__space__")),
            writer=Subquery(_MEMBERS.values("pk")[:1]),
        )
    ),
    ReachedPost,
    topic=BigIntegerField(),
    number=IntegerField(),
    person=BigIntegerField(),
)


def find_said(topic_id: int, number: int, person_id: int) -> ReachedPost:
    """Find a post that somebody reaches by its number, and that was not deleted. Raises ``NotFound``."""
    found = SAID.first(topic=topic_id, number=number, person=person_id)
    if found is None:
        raise NotFound
    return found
