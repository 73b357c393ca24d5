"""What the pages of direct conversations show: who takes part, and which there are."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from porch.community.portraits.models import Portrait
from porch.conversation.reading.models import Level, Reading
from porch.conversation.spaces.participants import Participant
from porch.conversation.spaces.rules import reached_by
from porch.conversation.topics.models import Topic
from porch.kit.prepared import Prepared

PAGE = 30
# Names that stand in a title; of more only the number is said.
MOST_NAMES = 3


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """Somebody who takes part in a conversation, or did; and what the conversation is."""

    space_id: int
    member_id: int
    member__person_id: int
    member__person__name: str
    member__left_at: datetime | None
    left_at: datetime | None
    space__conversation__pair: str | None
    space__conversation__is_named: bool
    portrait: str | None

    @property
    def is_in_it(self) -> bool:
        return self.left_at is None and self.member__left_at is None


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation as one of those sees it who take part in it."""

    title: str
    people: list[ParticipantRow]
    own_id: int
    is_group: bool

    @property
    def others(self) -> list[ParticipantRow]:
        return [each for each in self.people if each.member__person_id != self.own_id]

    @property
    def readers(self) -> int:
        """Count those who can read it."""
        return sum(each.is_in_it for each in self.people)


@dataclass(frozen=True, slots=True)
class DirectLine:
    """A conversation in the list of them, and how far whoever looks has read it."""

    id: int
    title: str
    space_id: int
    posts: int
    last_said_at: datetime
    space__conversation__is_named: bool
    seen: int
    level: str | None
    is_fresh: bool

    @property
    def fresh(self) -> int:
        """Count the posts that are new to whoever looks; none of what they muted."""
        return self.posts - self.seen if self.is_fresh else 0


def taking_part(**where: Any) -> QuerySet[Participant]:
    """Select who takes part in some conversations, in the order in which they came."""
    found = Participant.objects.filter(**where)
    portrait = Portrait.objects.filter(member=OuterRef("member"), member__left_at__isnull=True)
    return found.annotate(portrait=Subquery(portrait.values("holding_id")[:1])).order_by("space_id", "pk")


def directs_of(person: Any) -> QuerySet[Topic]:
    """Select the direct conversations in which somebody takes part: what is new first, then the newest talk."""
    theirs = Reading.objects.filter(topic=OuterRef("pk"), member__person_id=person)
    seen = Coalesce(Subquery(theirs.values("number")[:1]), 0, output_field=IntegerField())
    is_fresh = Case(
        When(Q(level=Level.MUTE), then=Value(False)),
        When(posts__gt=F("seen"), then=Value(True)),
        default=Value(False),
        output_field=BooleanField(),
    )
    found = Topic.objects.filter(reached_by(person, "space__"), space__is_direct=True)
    found = found.annotate(seen=seen, level=Subquery(theirs.values("level")[:1])).annotate(is_fresh=is_fresh)
    return found.order_by("-is_fresh", "-last_said_at", "-id")


PARTICIPANTS = Prepared(lambda space: taking_part(space_id=space), ParticipantRow, space=BigIntegerField())
DIRECTS = Prepared(lambda person: directs_of(person)[: PAGE + 1], DirectLine, person=BigIntegerField())


def talk_of(space_id: int, title: str, person_id: int) -> Talk:
    """Give a conversation that somebody was found to take part in."""
    return seen_by(PARTICIPANTS.all(space=space_id), title, person_id)


def conversation_with(person_id: int, member_id: int) -> int | None:
    """Give the topic in which somebody talks with a member alone, where there is one."""
    both = Participant.objects.filter(space=OuterRef("space"))
    found = Topic.objects.filter(
        reached_by(person_id, "space__"),
        Exists(both.filter(member_id=member_id).exclude(member__person_id=person_id)),
        space__conversation__pair__isnull=False,
    )
    return found.values_list("pk", flat=True).first()


def directs(person_id: int, page: int) -> tuple[list[tuple[DirectLine, Talk]], bool]:
    """Give a page of somebody's conversations, and whether there is another. Pages count from 1."""
    start = (page - 1) * PAGE
    names = [each.name for each in fields(DirectLine)]
    found = (
        DIRECTS.all(person=person_id)
        if page == 1
        else [DirectLine(*row) for row in directs_of(person_id).values_list(*names)[start : start + PAGE + 1]]
    )
    people = by_space([each.space_id for each in found[:PAGE]])
    shown = [(each, seen_by(people.get(each.space_id, []), each.title, person_id)) for each in found[:PAGE]]
    return shown, len(found) > PAGE


def by_space(ids: Collection[int]) -> dict[int, list[ParticipantRow]]:
    """Give who takes part in several conversations: one query."""
    names = [each.name for each in fields(ParticipantRow)]
    found: dict[int, list[ParticipantRow]] = {}
    for row in taking_part(space_id__in=list(ids)).values_list(*names):
        found.setdefault(row[0], []).append(ParticipantRow(*row))
    return found


def titles_of(talks: Collection[tuple[int, str]], person_id: int) -> dict[int, str]:
    """Call each of several conversations, given by their spaces with a title, as somebody in them would: one query."""
    people = by_space([space_id for space_id, _title in talks]) if talks else {}
    return {space_id: seen_by(people.get(space_id, []), title, person_id).title for space_id, title in talks}


def seen_by(people: list[ParticipantRow], title: str, person_id: int) -> Talk:
    """Call a conversation as one of those would who take part in it: by its name, or by those of the others."""
    is_group = all(each.space__conversation__pair is None for each in people)
    is_named = any(each.space__conversation__is_named for each in people)
    others = [each for each in people if each.member__person_id != person_id]
    here = [each.member__person__name for each in others if each.is_in_it or not is_group]
    return Talk(title if is_named else in_words(here), people, person_id, is_group)


def in_words(names: list[str]) -> str:
    """Write the names of a conversation's others; of many only the first."""
    if not names:
        return _("Somebody who has left")
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    return _("%(names)s and %(count)s others") % {
        "names": ", ".join(names[: MOST_NAMES - 1]),
        "count": len(names) - MOST_NAMES + 1,
    }
