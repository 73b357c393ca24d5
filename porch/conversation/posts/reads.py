from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, IntegerField, OuterRef, Q, Subquery

from porch.community.membership.models import Member
from porch.community.portraits.models import Portrait
from porch.conversation.posts.models import Post
from porch.conversation.spaces.rules import looked_after_by, reached_by
from porch.kit.prepared import Prepared
from porch.kit.refusals import NotFound

PAGE = 30


@dataclass(frozen=True, slots=True)
class PostRow:
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
    deletion__is_hidden: bool | None

    @property
    def is_deleted(self) -> bool:
        return self.deletion__at is not None


# Of authors who are members; whoever has left shows none.
_PORTRAITS = Portrait.objects.filter(
    member__person=OuterRef("author"), member__person__is_active=True, member__left_at__isnull=True
)
_MEMBERS = Member.objects.present().filter(person=OuterRef("author"))
POSTS = Prepared(
    lambda topic, after: (
        Post.objects.filter(topic_id=topic, number__gt=after)
        .select_related("author", "deletion")
        .annotate(writer=Subquery(_MEMBERS.values("pk")[:1]))
        .annotate(portrait=Subquery(_PORTRAITS.values("holding_id")[:1]))
        .order_by("number")[:PAGE]
    ),
    PostRow,
    topic=BigIntegerField(),
    after=IntegerField(),
)


@dataclass(frozen=True, slots=True)
class ReachedPost:
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
    deletion__is_hidden: bool | None

    @property
    def is_deleted(self) -> bool:
        return self.deletion__at is not None


POST = Prepared(
    lambda post, person: (
        Post.objects.filter(reached_by(person, "topic__space__"), pk=post)
        .select_related("topic__space__circle", "topic__space__role", "author", "deletion")
        .annotate(tends=Q(looked_after_by(person, "topic__space__")))
    ),
    ReachedPost,
    post=BigIntegerField(),
    person=BigIntegerField(),
)


def find_post(post_id: int, person_id: int) -> ReachedPost:
    """Find a post that somebody reaches. Raises ``NotFound``."""
    found = POST.first(post=post_id, person=person_id)
    if found is None:
        raise NotFound
    return found
