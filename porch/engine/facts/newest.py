"""Where a stream of facts stands. Apart from ``pull``, which insight reads through and which knows no model."""

from dataclasses import dataclass

from porch.engine.facts.models import AudienceFactRow, CommunityFactRow
from porch.engine.facts.pull import Stream
from porch.kit.prepared import Prepared


@dataclass(frozen=True, slots=True)
class FactId:
    id: int


NEWEST: dict[Stream, Prepared[FactId]] = {
    "community": Prepared(lambda: CommunityFactRow.objects.order_by("-id")[:1], FactId),
    "audience": Prepared(lambda: AudienceFactRow.objects.order_by("-id")[:1], FactId),
}


def newest(stream: Stream) -> int:
    """Give the id of the newest fact, 0 where there is none."""
    row = NEWEST[stream].first()
    return row.id if row else 0
