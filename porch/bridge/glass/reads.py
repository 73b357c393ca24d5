"""What may be read from outside: what is said in spaces of glass, and nothing else (B18).

Each query asks for the glass itself, so that no number in an address leads to what is said elsewhere.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from django.db.models import BigIntegerField, CharField, IntegerField, QuerySet

from porch.conversation.posts.models import Post
from porch.conversation.spaces.models import Space
from porch.conversation.topics.models import Topic
from porch.conversation.topics.voices import Spoken
from porch.kit.prepared import Prepared

MENTION = re.compile(r'<a href="/[^"]{1,200}" class="mention">([^<]*)</a>')
TOPICS_ON_A_PAGE = POSTS_ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class GlassSpace:
    id: int
    slug: str
    name: str
    description: str
    icon: str
    topics: int
    last_said_at: datetime | None


@dataclass(frozen=True, slots=True)
class GlassTopic(Spoken):
    id: int
    title: str
    author__name: str | None
    begun_at: datetime
    posts: int
    last_said_at: datetime
    is_pinned: bool
    answer: int | None
    space__slug: str
    space__name: str
    merged_into_id: int | None
    voice: int


@dataclass(frozen=True, slots=True)
class GlassPost(Spoken):
    """A post as strangers see it. Of a deleted one nothing is read but its number."""

    number: int
    author__name: str | None
    at: datetime
    html: str
    edits: int
    reply_to: int | None
    deletion__at: datetime | None
    moved_to_id: int | None
    reply_topic_id: int | None
    voice: int

    @property
    def shown(self) -> str:
        """Give the words without the ways to members' pages, which lead nowhere from outside."""
        return MENTION.sub(r'<span class="mention">\1</span>', self.html)


def topics_in_glass() -> QuerySet[Topic]:
    """Select the topics that anyone may read."""
    return Topic.objects.filter(space__is_glass=True, posts__gt=0).select_related("author", "space")


GLASS_SPACES = Prepared(
    lambda: Space.objects.filter(is_glass=True).order_by("archived_at", "place", "name", "id"), GlassSpace
)
GLASS_SPACE = Prepared(
    lambda slug: Space.objects.filter(is_glass=True, slug=slug), GlassSpace, slug=CharField()
)
GLASS_TOPICS = Prepared(
    lambda space: (
        topics_in_glass()
        .filter(space_id=space, merged_into__isnull=True)
        .order_by("-is_pinned", "-last_said_at", "-id")[: TOPICS_ON_A_PAGE + 1]
    ),
    GlassTopic,
    space=BigIntegerField(),
)
GLASS_TOPIC = Prepared(lambda topic: topics_in_glass().filter(pk=topic), GlassTopic, topic=BigIntegerField())
GLASS_POSTS = Prepared(
    lambda topic, after: (
        Post.objects.filter(topic_id=topic, topic__space__is_glass=True, number__gt=after)
        .select_related("author", "deletion")
        .order_by("number")[:POSTS_ON_A_PAGE]
    ),
    GlassPost,
    topic=BigIntegerField(),
    after=IntegerField(),
)


def topics_on(space: GlassSpace, page: int) -> list[GlassTopic]:
    """Give a page of the topics of a space of glass, and one more if there is one. Pages count from 1."""
    if page == 1:
        return GLASS_TOPICS.all(space=space.id)
    names = list(GlassTopic.__dataclass_fields__)
    found = (
        topics_in_glass()
        .filter(space_id=space.id, merged_into__isnull=True)
        .order_by("-is_pinned", "-last_said_at", "-id")
    )
    start = (page - 1) * TOPICS_ON_A_PAGE
    return [GlassTopic(*row) for row in found.values_list(*names)[start : start + TOPICS_ON_A_PAGE + 1]]
