from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery

from porch.conversation.blocks.models import Block, WhoMay, WhoMayWrite
from porch.conversation.blocks.rules import looks_after_all
from porch.kit.prepared import Prepared
from porch.people.identity.models import Person


@dataclass(frozen=True, slots=True)
class BlockRow:
    """A block of one's own; it ``rests`` while whoever it is of looks after the whole community."""

    id: int
    name: str | None
    at: datetime
    rests: bool


def blocks_of(person: Any) -> QuerySet[Block]:
    """Select somebody's blocks, the newest first."""
    return (
        Block.objects.filter(person_id=person)
        .annotate(
            name=Subquery(Person.objects.filter(pk=OuterRef("blocked")).values("name")[:1]),
            rests=looks_after_all(OuterRef("blocked")),
        )
        .order_by("-at", "-id")
    )


BLOCKS = Prepared(blocks_of, BlockRow, person=BigIntegerField())


def who_may_write_to(person_id: int) -> str:
    """Give whom somebody lets begin a direct conversation with them."""
    chosen = WhoMayWrite.objects.filter(member__person_id=person_id).values_list("who", flat=True).first()
    return chosen or WhoMay.EVERYONE
