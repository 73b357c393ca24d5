"""The number in the header: counted anew from the rows whenever one of them may have changed, and by nothing else."""

from django.db import transaction
from django.db.models import Count, OuterRef, QuerySet, Subquery

from porch.community.membership.models import Member
from porch.community.membership.waiting import hold_waiting, read_waiting, write_waiting
from porch.notices.waiting.models import Notice
from porch.notices.waiting.rules import OF_EACH, waiting_for


@transaction.atomic
def count_anew(of: QuerySet[Notice]) -> int:
    """Count anew for whoever has one of these notices; give how many members they are."""
    return count_for(Member.objects.filter(pk__in=of.values("member")))


@transaction.atomic
def count_for(members: QuerySet[Member]) -> int:
    """Count anew what waits for each of these members."""
    hold_waiting(members)
    theirs = waiting_for(OF_EACH).filter(member=OuterRef("pk")).order_by().values("member")
    return write_waiting(members, Subquery(theirs.annotate(n=Count("pk")).values("n")))


def count_after_reading(member_id: int, has_read_on: bool) -> None:
    """Count anew for a member after what they have read was changed; who has read on has nothing more than before.

    Whoever makes notices in this moment holds the number until they are there, or counts after what was read.
    """
    if not has_read_on or read_waiting(member_id):
        count_for(Member.objects.filter(pk=member_id))
