"""Putting notices away: by looking at the topic, or all of them at once."""

from datetime import datetime
from typing import Any

from django.db import transaction

from porch.community.membership.models import Member
from porch.community.membership.waiting import hold_waiting, read_waiting
from porch.notices.waiting.counting import count_for
from porch.notices.waiting.kinds import AGAIN
from porch.notices.waiting.models import Notice
from porch.notices.waiting.rules import waiting_for


@transaction.atomic
def see_all(*, member_id: int, at: datetime) -> int:
    """Put away what waits for a member; give how much it was."""
    mine = Member.objects.filter(pk=member_id)
    hold_waiting(mine)
    seen = Notice.objects.filter(member_id=member_id, seen_at__isnull=True, at__lte=at).update(seen_at=at)
    count_for(mine)
    return seen


@transaction.atomic
def see_topic(*, member_id: int, topic_id: int, at: datetime) -> int:
    """Put away what waits for a member of one topic; give how much it was. How far they have read is another thing."""
    mine = Member.objects.filter(pk=member_id)
    hold_waiting(mine)
    waits = Notice.objects.filter(member_id=member_id, post__topic=topic_id, seen_at__isnull=True, at__lte=at)
    seen = waits.update(seen_at=at)
    count_for(mine)
    return seen


def first_waiting(person_id: int, topic_id: int) -> int | None:
    """Give the number of the first post of a topic that waits for somebody."""
    waits = waiting_for(person_id).filter(post__topic=topic_id).order_by("post__number")
    return waits.values_list("post__number", flat=True).first()


def see_reminders(request: Any, topic_id: int, at: datetime) -> None:
    """Put away the reminders of a topic that somebody looks at, and bring the number in the header up to date.

    For most, nothing waits, and it costs nothing.
    """
    if not request.waiting:
        return
    with transaction.atomic():
        mine = Member.objects.filter(pk=request.member_id)
        reminders = Notice.objects.filter(member_id=request.member_id, kind=AGAIN, post__topic=topic_id)
        if reminders.filter(seen_at__isnull=True, at__lte=at).update(seen_at=at):
            count_for(mine)
        request.waiting = read_waiting(request.member_id)
