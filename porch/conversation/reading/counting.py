"""How much is new to somebody, added up by space."""

from dataclasses import dataclass
from typing import Any

from django.db.models import (
    BigIntegerField,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from porch.community.membership.models import Member
from porch.conversation.reading.hearing import muted
from porch.conversation.reading.models import Reading
from porch.conversation.topics.models import Topic
from porch.kit.prepared import Prepared

MOST_LOOKED_AT = 1_000


@dataclass(frozen=True, slots=True)
class Fresh:
    """How many topics of a space have something new, and how many posts that are."""

    space_id: int
    topics: int
    fresh: int


def fresh_in_spaces(person_id: int) -> dict[int, tuple[int, int]]:
    """Give for each space how many topics have something new to somebody, and how many posts that are.

    It looks at the topics that were talked about last, ``MOST_LOOKED_AT`` of them. Whether somebody reaches a space
    is not asked here: the list of spaces knows.
    """
    return {each.space_id: (each.topics, each.fresh) for each in FRESH.all(person=person_id)}


def fresh_for(person: Any) -> QuerySet[Topic, Any]:
    """Add up by space what is new to somebody."""
    lately = Topic.objects.filter(
        space__archived_at__isnull=True, space__is_direct=False, merged_into__isnull=True, posts__gt=0
    ).order_by("-last_said_at", "-id")
    theirs = Reading.objects.filter(topic=OuterRef("pk"), member__person_id=person)
    came = Member.objects.present().filter(person_id=person).values("joined_at")[:1]
    found = Topic.objects.filter(pk__in=lately.values("pk")[:MOST_LOOKED_AT])
    found = found.filter(~Exists(theirs.filter(number__gte=OuterRef("posts"))))
    found = found.exclude(muted(OuterRef("pk"), OuterRef("space"), member__person_id=person))
    found = found.annotate(seen=Subquery(theirs.values("number")[:1]))
    found = found.filter(Q(seen__isnull=False) | Q(last_said_at__gte=Subquery(came)))
    fresh = Sum(F("posts") - Coalesce(F("seen"), 0), output_field=IntegerField())
    return found.order_by().values("space_id").annotate(topics=Count("pk"), fresh=fresh)


FRESH = Prepared(fresh_for, Fresh, person=BigIntegerField())
