"""The pages of a space and of a topic: what somebody reaches, read in few queries however much was said."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from porch.community.membership.models import Member
from porch.conversation.reading.models import Level, Reading
from porch.conversation.spaces.reads import SpaceRow
from porch.conversation.spaces.rules import looked_after_by, reached_by
from porch.conversation.topics.models import Topic
from porch.kit.prepared import Prepared
from porch.kit.refusals import NotFound

PAGE = 30


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic as a list shows it, and how far whoever looks has read it: None where they never opened it."""

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
    space__slug: str
    space__name: str

    @property
    def fresh(self) -> int:
        """Count the posts that whoever looks has not seen."""
        return self.posts - (self.seen or 0)


@dataclass(frozen=True, slots=True)
class TopicHead:
    """A topic on its own page, with its space, and what whoever looks may do in it."""

    id: int
    kind: str
    title: str
    author_id: int | None
    author__name: str | None
    begun_at: datetime
    posts: int
    is_pinned: bool
    answer: int | None
    closure__at: datetime | None
    closure__reason: str | None
    space_id: int
    space__slug: str
    space__name: str
    space__icon: str
    space__is_glass: bool
    space__is_sensitive: bool
    space__archived_at: datetime | None
    space__circle__name: str | None
    space__role__name: str | None
    member: int
    tends: bool
    seen: int
    level: str | None

    @property
    def is_open(self) -> bool:
        return self.closure__at is None and self.space__archived_at is None


def with_reading(found: QuerySet[Topic], person: Any) -> QuerySet[Topic]:
    """Add how far somebody has read each topic, and how much they want to hear of it."""
    theirs = Reading.objects.filter(topic=OuterRef("pk"), member__person_id=person)
    return found.annotate(
        seen=Subquery(theirs.values("number")[:1]), level=Subquery(theirs.values("level")[:1])
    )


def topics_of(space: Any, person: Any) -> QuerySet[Topic]:
    """Select the topics of a space that somebody was found to reach: pinned first, then newest talk."""
    found = Topic.objects.filter(space_id=space).select_related("author", "closure", "space")
    return with_reading(found, person).order_by("-is_pinned", "-last_said_at", "-id")


def latest_of(person: Any) -> QuerySet[Topic]:
    """Select the topics that somebody reaches, in whichever space, the newest talk first. Muted ones are left out."""
    found = Topic.objects.filter(reached_by(person, "space__"), space__archived_at__isnull=True)
    found = with_reading(found.select_related("author", "closure", "space"), person)
    return found.exclude(level=Level.MUTE).order_by("-last_said_at", "-id")


def head(topic: Any, person: Any) -> QuerySet[Topic]:
    """Select a topic that somebody reaches, with what they may do in it and how far they have read."""
    member = Member.objects.present().filter(person_id=person).values("pk")
    found = (
        Topic.objects.filter(reached_by(person, "space__"), pk=topic)
        .select_related("space__circle", "space__role", "author", "closure")
        .annotate(member=Subquery(member[:1]), tends=Q(looked_after_by(person, "space__")))
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


def further(found: QuerySet[Topic], page: int) -> list[TopicLine]:
    """Read a page that is not the first."""
    names = [each.name for each in fields(TopicLine)]
    start = (page - 1) * PAGE
    return [TopicLine(*each) for each in found.values_list(*names)[start : start + PAGE + 1]]
