from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, CharField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from porch.conversation.spaces.models import Space, SpaceLevel
from porch.conversation.spaces.rights import MANAGE_SPACES
from porch.conversation.spaces.rules import known_to, looked_after_by, reached_by
from porch.engine.facts.models import CommunityFactRow
from porch.kit.prepared import Prepared

NEWEST_FACT = CommunityFactRow.objects.order_by("-pk").values("pk")[:1]


@dataclass(frozen=True, slots=True)
class SpaceRow:
    """A space that somebody may know of: whether they reach it, look after what is said in it, and may change it."""

    id: int
    slug: str
    name: str
    description: str
    icon: str
    circle__name: str | None
    circle__slug: str | None
    role__name: str | None
    is_hidden: bool
    is_glass: bool
    is_sensitive: bool
    archived_at: datetime | None
    topics: int
    posts: int
    last_said_at: datetime | None
    is_reached: bool
    tends: bool
    may_manage: bool
    rituals: int
    shape: str
    slow_seconds: int
    # The newest fact when this was read, from which an open page listens on.
    live_after: int
    # How much whoever looks wants to hear of it; None is as usual.
    heard: str | None


def heard_by(person: Any, space: Any) -> QuerySet[SpaceLevel, Any]:
    """Select how much somebody wants to hear of a space."""
    return SpaceLevel.objects.filter(space=space, member__person_id=person).values("level")[:1]


def spaces_of(person: Any) -> QuerySet[Space]:
    """Select the spaces that somebody may know of, in their order, those that are archived last.

    Direct conversations have pages of their own, and are in none of these lists.
    """
    return (
        Space.objects.filter(known_to(person), is_direct=False)
        .select_related("circle", "role")
        .annotate(
            is_reached=reached_by(person),
            tends=Q(looked_after_by(person)),
            may_manage=Q(looked_after_by(person, right=MANAGE_SPACES)),
            heard=Subquery(heard_by(person, OuterRef("pk"))),
            live_after=Coalesce(Subquery(NEWEST_FACT), 0, output_field=BigIntegerField()),
        )
        .order_by("archived_at", "place", "name", "id")
    )


SPACES = Prepared(spaces_of, SpaceRow, person=BigIntegerField())
SPACE = Prepared(
    lambda person, slug: spaces_of(person).filter(slug=slug),
    SpaceRow,
    person=BigIntegerField(),
    slug=CharField(),
)
