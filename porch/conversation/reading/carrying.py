"""How far members have read, where posts go from one topic to another."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from porch.conversation.reading.models import Level, Reading

BATCH = 500


def carry_readings(*, from_id: int, to_id: int, after: int, numbers: Sequence[int], at: datetime) -> None:
    """Have what was read in one topic be read where it goes, and what was not be new there.

    ``numbers`` are those that the posts had, in their order; they follow post ``after`` of the other topic, 0 for one
    that is new. There everyone who had opened the old one has a row. In one that was there before, what they read
    counts only where they had read all of it: how far somebody has read is one number.
    """
    if not numbers:
        return
    read = Reading.objects.filter(topic_id=from_id).order_by("pk")
    if after == 0:
        rows = (
            Reading(
                member_id=each.member_id,
                topic_id=to_id,
                number=bisect_right(numbers, each.number),
                level=each.level,
                at=at,
            )
            for each in read.iterator(chunk_size=BATCH)
        )
        Reading.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
        return
    by_count: dict[int, list[int]] = defaultdict(list)
    at_the_end = Reading.objects.filter(topic_id=to_id, number=after)
    for member_id, number in read.filter(member__in=at_the_end.values("member")).values_list(
        "member_id", "number"
    ):
        by_count[bisect_right(numbers, number)].append(member_id)
    for count, members in by_count.items():
        for start in range(0, len(members) if count else 0, BATCH):
            at_the_end.filter(member_id__in=members[start : start + BATCH]).update(number=after + count)


def carry_levels(*, from_id: int, to_id: int, at: datetime) -> None:
    """Have those who follow a topic follow the one into which it went, unless they chose something for that."""
    follow = Reading.objects.filter(topic_id=from_id, level=Level.FOLLOW).order_by("pk")
    there = Reading.objects.filter(topic_id=to_id)
    there.filter(level=Level.NORMAL, member__in=follow.values("member")).update(level=Level.FOLLOW)
    rows = (
        Reading(member_id=member_id, topic_id=to_id, number=0, level=Level.FOLLOW, at=at)
        for member_id in follow.values_list("member_id", flat=True).iterator(chunk_size=BATCH)
    )
    Reading.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
