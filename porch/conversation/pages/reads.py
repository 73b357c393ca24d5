"""The pages of a space and of a topic: what somebody reaches, read in few queries however much was said."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    CharField,
    Exists,
    FilteredRelation,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce

from porch.community.membership.models import Member
from porch.community.roles.models import Role, RoleHolder
from porch.community.roles.reads import EVERY
from porch.conversation.blocks.rules import members_blocked_by
from porch.conversation.bookmarks.reads import with_bookmark
from porch.conversation.posts.reads import ALSO_READ, POSTS, PostRow
from porch.conversation.posts.reads import PAGE as POSTS_ON_A_PAGE
from porch.conversation.reactions.reads import Joined, with_mine
from porch.conversation.reading.hearing import ALL_THE_SAME, muted
from porch.conversation.reading.models import Level, Reading
from porch.conversation.spaces.models import Heard, Space
from porch.conversation.spaces.reads import NEWEST_FACT, SPACE, SpaceRow, heard_by
from porch.conversation.spaces.rights import SPEAK_FOR_ALL, TEND_TOPICS
from porch.conversation.spaces.rules import looked_after_by, reached_by
from porch.conversation.tags.models import TopicTag
from porch.conversation.topics.models import Kind, Topic
from porch.conversation.topics.silence import silent_until
from porch.conversation.topics.voices import Spoken
from porch.kit.prepared import Prepared
from porch.kit.refusals import NotFound

PAGE, MOST_KEEPERS, TAIL = 30, 12, 10
IN_ITS_SPACE = OuterRef("space")
# What a page shows of a post is read in the one query for its posts.
ALSO_READ += [with_mine, with_bookmark]


@dataclass(frozen=True, slots=True)
class TopicLine(Spoken):
    """A topic as a list shows it, and how far whoever looks has read it: None where they never opened it.

    ``came`` is when they came into the community: what was said before that is not new to them.
    """

    id: int
    kind: str
    title: str
    author__name: str | None
    begun_at: datetime
    posts: int
    last_said_at: datetime
    is_pinned: bool
    answer: int | None
    closure__at: datetime | None
    seen: int | None
    level: str | None
    # What they chose for the space; None is as usual.
    heard: str | None
    came: datetime
    space__slug: str
    space__name: str
    tags: str
    voice: int

    @property
    def is_muted(self) -> bool:
        return self.level == Level.MUTE or (self.heard == Heard.MUTE and self.level not in ALL_THE_SAME)

    @property
    def fresh(self) -> int:
        """Count the posts that whoever looks has not seen; none of a muted topic, or of one from before they came."""
        if self.is_muted or (self.seen is None and self.last_said_at < self.came):
            return 0
        return self.posts - (self.seen or 0)


@dataclass(frozen=True, slots=True)
class TopicHead:
    """A topic on its own page, with its space, and what whoever looks may do in it."""

    id: int
    kind: str
    title: str
    author_id: int | None
    posts: int
    is_pinned: bool
    answer: int | None
    closure__at: datetime | None
    closure__reason: str | None
    space_id: int
    space__slug: str
    space__name: str
    space__is_glass: bool
    space__archived_at: datetime | None
    space__circle__name: str | None
    space__role__name: str | None
    member: int
    tends: bool
    seen: int
    level: str | None
    space__is_direct: bool
    draft__source: str | None
    draft__beside: str | None
    draft__version: int | None
    draft__at: datetime | None
    asks: int
    merged_into_id: int | None
    tags: str
    # The newest fact when this was read, from which an open page listens on.
    live_after: int
    space__slow_seconds: int
    # Whoever looks may post here as the organisation.
    speaks: bool
    # The numbers of the members whose posts are folded for whoever looks, for those that come in later.
    blocked: str | None
    # Until when whoever looks is silenced, or was.
    silent_until: datetime | None

    @property
    def is_elsewhere(self) -> bool:
        """Say that it is no topic to look after: a direct conversation has pages of its own, a room its space's."""
        return self.space__is_direct or self.kind == Kind.ROOM

    @property
    def is_open(self) -> bool:
        return self.closure__at is None and self.space__archived_at is None and self.merged_into_id is None


def with_reading(found: QuerySet[Topic], person: Any, space: Any = IN_ITS_SPACE) -> QuerySet[Topic]:
    """Add how far somebody has read each topic, how much they want to hear of it, and since when they are here.

    ``space`` is named where all are of one: it is looked up once then.
    """
    member = Member.objects.present().filter(person_id=person).values("joined_at")
    theirs = Reading.objects.filter(topic=OuterRef("pk"), member__person_id=person)
    return found.annotate(
        seen=Subquery(theirs.values("number")[:1]),
        level=Subquery(theirs.values("level")[:1]),
        heard=Subquery(heard_by(person, space)),
        came=Subquery(member[:1]),
    )


def topics_of(space: Any, person: Any) -> QuerySet[Topic]:
    """Select the topics of a space that somebody was found to reach: pinned first, then newest talk."""
    found = Topic.objects.filter(space_id=space, posts__gt=0, merged_into__isnull=True)
    found = found.select_related("author", "closure", "space")
    return with_reading(found, person, space).order_by("-is_pinned", "-last_said_at", "-id")


def latest_of(person: Any) -> QuerySet[Topic]:
    """Select the topics of spaces that somebody reaches, the newest talk first. Muted ones are left out."""
    found = Topic.objects.filter(
        reached_by(person, "space__"),
        space__archived_at__isnull=True,
        space__is_direct=False,
        merged_into__isnull=True,
        posts__gt=0,
    )
    found = with_reading(found.select_related("author", "closure", "space"), person)
    is_muted = muted(OuterRef("pk"), OuterRef("space"), member__person_id=person)
    return found.exclude(is_muted).order_by("-last_said_at", "-id")


def tagged(tag: int, person: Any) -> QuerySet[Topic]:
    """Select the topics with a tag that somebody reaches, the newest talk first."""
    theirs = TopicTag.objects.filter(topic=OuterRef("pk"), tag_id=tag)
    found = Topic.objects.filter(Exists(theirs), reached_by(person, "space__"), merged_into__isnull=True)
    found = with_reading(found.select_related("author", "closure", "space"), person)
    return found.order_by("-last_said_at", "-id")


def head(topic: Any, person: Any) -> QuerySet[Topic]:
    """Select a topic that somebody reaches, with what they may do in it and how far they have read."""
    return described(Topic.objects.filter(reached_by(person, "space__"), pk=topic), person)


def described(topics: QuerySet[Topic], person: Any) -> QuerySet[Topic]:
    """Add what the page of a topic shows of it to somebody; 0 is nobody."""
    member = Member.objects.present().filter(person_id=person).values("pk")
    blocked = members_blocked_by(person).order_by().values(everyone=Value(1))
    blocked = blocked.annotate(all=Joined(Cast("pk", CharField())))
    found = (
        topics.select_related("space__circle", "space__role", "author", "closure")
        .annotate(draft=FilteredRelation("drafts", condition=Q(drafts__person=person)))
        .annotate(
            member=Subquery(member[:1]),
            tends=Q(looked_after_by(person, "space__")),
            speaks=Q(looked_after_by(person, "space__", SPEAK_FOR_ALL)),
            live_after=Coalesce(Subquery(NEWEST_FACT), 0, output_field=BigIntegerField()),
            blocked=Subquery(blocked.values("all")),
            silent_until=silent_until(person),
        )
    )
    theirs = Reading.objects.filter(topic=OuterRef("pk"), member__person_id=person)
    seen = Coalesce(Subquery(theirs.values("number")[:1]), 0, output_field=IntegerField())
    return found.annotate(seen=seen, level=Subquery(theirs.values("level")[:1]))


# The first page of a space; further ones are rare, and are asked for in Django's words.
TOPICS = Prepared(
    lambda space, person: topics_of(space, person)[: PAGE + 1],
    TopicLine,
    space=BigIntegerField(),
    person=BigIntegerField(),
)
LATEST = Prepared(lambda person: latest_of(person)[: PAGE + 1], TopicLine, person=BigIntegerField())
TOPIC = Prepared(head, TopicHead, topic=BigIntegerField(), person=BigIntegerField())
ROOM = Prepared(
    lambda space, person: described(
        Topic.objects.filter(reached_by(person, "space__"), space_id=space, kind=Kind.ROOM), person
    ),
    TopicHead,
    space=BigIntegerField(),
    person=BigIntegerField(),
)
# For fragments that go to everyone who listens; those were asked whether they reach it (porch/web/live/leave.py).
TOPIC_FOR_ALL = Prepared(
    lambda topic: described(Topic.objects.filter(pk=topic), 0), TopicHead, topic=BigIntegerField()
)


def topics_in(space: SpaceRow, person_id: int, page: int) -> list[TopicLine]:
    """Give a page of the topics of a space that somebody reaches, and one more if there is one. Pages count from 1."""
    if not space.is_reached:
        raise NotFound
    if page == 1:
        return TOPICS.all(space=space.id, person=person_id)
    return further(topics_of(space.id, person_id), page)


def latest(person_id: int, page: int) -> list[TopicLine]:
    """Give a page of what is talked about wherever somebody reaches, and one more topic if there is one."""
    return LATEST.all(person=person_id) if page == 1 else further(latest_of(person_id), page)


def topics_tagged(tag_id: int, person_id: int, page: int) -> list[TopicLine]:
    """Give a page of the topics with a tag that somebody reaches, and one more if there is one."""
    return further(tagged(tag_id, person_id), page)


def further(found: QuerySet[Topic], page: int) -> list[TopicLine]:
    """Read a page of topics in Django's words."""
    names = [each.name for each in fields(TopicLine)]
    start = (page - 1) * PAGE
    return [TopicLine(*each) for each in found.values_list(*names)[start : start + PAGE + 1]]


def posts_on(topic: TopicHead, page: int, person_id: int) -> list[PostRow]:
    """Give the posts on a page of a topic that somebody was found to reach. Pages count from 1.

    The last page of a room is full as far as there are posts: whoever comes in sees what was said a moment ago.
    """
    after = (page - 1) * POSTS_ON_A_PAGE
    if topic.kind == Kind.ROOM and after < topic.posts <= after + POSTS_ON_A_PAGE:
        after = min(after, max((topic.posts - 1) // TAIL - 2, 0) * TAIL)
    return POSTS.all(topic=topic.id, after=after, person=person_id, member=topic.member)


def find_topic(topic_id: int, person_id: int) -> TopicHead:
    """Find a topic that somebody reaches. Raises ``NotFound``."""
    found = TOPIC.first(topic=topic_id, person=person_id)
    if found is None:
        raise NotFound
    return found


def find_room(space: SpaceRow, person_id: int) -> TopicHead:
    """Find the one topic of a room that somebody reaches. Raises ``NotFound``."""
    found = ROOM.first(space=space.id, person=person_id)
    if found is None:
        raise NotFound
    return found


def find_space(slug: str, person_id: int) -> SpaceRow:
    """Find a space of which somebody may know. Raises ``NotFound``."""
    found = SPACE.first(person=person_id, slug=slug[:60])
    if found is None:
        raise NotFound
    return found


def looking_after(space: Any) -> QuerySet[Member]:
    """Select who looks after what is said in a space, and is here. Nobody looks after what is direct."""
    theirs = Space.objects.filter(pk=space, is_direct=False)
    roles = Role.objects.filter(
        Q(circle__is_whole=True)
        | Q(circle__in=theirs.values("circle"))
        | Q(circle__in=theirs.values("role__circle")),
        rights__right__in=(TEND_TOPICS.name, EVERY),
    )
    # Led by who holds a role, who are few: asked of each member, it costs more with each that comes.
    holders = RoleHolder.objects.filter(role__in=roles.values("pk")).values("member")
    found = Member.objects.present().filter(Exists(theirs), pk__in=holders, person__is_active=True)
    return found.select_related("person").order_by("pk")[:MOST_KEEPERS]


@dataclass(frozen=True, slots=True)
class Keeper:
    person__name: str


KEEPERS = Prepared(looking_after, Keeper, space=BigIntegerField())


def keepers_of(space: SpaceRow) -> list[str]:
    """Name those who look after what is said in a space, the first of them."""
    return [each.person__name for each in KEEPERS.all(space=space.id)]
