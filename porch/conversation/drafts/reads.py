from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet

from porch.conversation.drafts.models import Draft
from porch.conversation.spaces.rules import reached_by
from porch.kit.prepared import Prepared

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What somebody is writing, and where."""

    id: int
    topic_id: int | None
    topic__title: str | None
    space__slug: str | None
    space__name: str | None
    title: str
    kind: str
    source: str
    beside: str
    version: int
    at: datetime
    topic__space_id: int | None
    topic__space__is_direct: bool | None


def drafts_of(person: Any) -> QuerySet[Draft]:
    """Select what somebody is writing. Where they do not reach the place any more, it is not named."""
    return Draft.objects.filter(person_id=person).select_related("topic", "space")


def reached_drafts_of(person: Any) -> QuerySet[Draft]:
    """Select what somebody is writing where they reach the place."""
    return drafts_of(person).filter(
        Q(topic__isnull=False) & reached_by(person, "topic__space__")
        | Q(space__isnull=False) & reached_by(person, "space__")
    )


DRAFTS = Prepared(
    lambda person: reached_drafts_of(person).order_by("-at", "-id")[:MOST_SHOWN],
    DraftRow,
    person=BigIntegerField(),
)
DRAFT_FOR = Prepared(
    lambda person, space: drafts_of(person).filter(space_id=space),
    DraftRow,
    person=BigIntegerField(),
    space=BigIntegerField(),
)
