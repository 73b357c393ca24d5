"""How many notices wait for a member, as a number beside the membership. What counts is said by whoever makes them."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from porch.community.membership.models import Member


def hold_waiting(members: QuerySet[Member]) -> None:
    """Hold the numbers of some members to the end of the transaction, in the order of the members.

    What they are counted from is read afterwards: a statement that had to wait brings what was true before it waited.
    Where a transaction holds the whole database there is nothing to do.
    """
    if connection.features.has_select_for_update:
        list(members.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def read_waiting(member_id: int) -> int:
    """Give how many notices wait for a member, once whoever is counting just now is done."""
    rows = Member.objects.filter(pk=member_id)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(no_key=True)
    return rows.values_list("waiting", flat=True).first() or 0


def write_waiting(members: QuerySet[Member], counted: Any) -> int:
    """Write onto members that are held how many notices wait for them: an expression that counts them for each."""
    return members.update(waiting=Coalesce(counted, 0))
