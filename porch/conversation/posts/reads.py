from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, IntegerField, OuterRef, Subquery

from porch.community.portraits.models import Portrait
from porch.conversation.posts.models import Post
from porch.kit.prepared import Prepared

PAGE = 30


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post as a topic's page shows it. What a deleted one said is not shown."""

    id: int
    number: int
    author_id: int | None
    author__name: str | None
    author__is_active: bool | None
    at: datetime
    html: str
    reply_to: int | None
    edits: int
    edited_at: datetime | None
    deletion__at: datetime | None
    deletion__by_author: bool | None
    portrait: str | None

    @property
    def is_deleted(self) -> bool:
        return self.deletion__at is not None


# Of authors who are members; whoever has left shows none.
_PORTRAITS = Portrait.objects.filter(
    member__person=OuterRef("author"), member__person__is_active=True, member__left_at__isnull=True
)
POSTS = Prepared(
    lambda topic, after: (
        Post.objects.filter(topic_id=topic, number__gt=after)
        .select_related("author", "deletion")
        .annotate(portrait=Subquery(_PORTRAITS.values("holding_id")[:1]))
        .order_by("number")[:PAGE]
    ),
    PostRow,
    topic=BigIntegerField(),
    after=IntegerField(),
)
