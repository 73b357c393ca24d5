"""How many notices wait for a member, as a number beside the membership. What counts is said by whoever makes them."""

from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from porch.community.membership.models import Member

TABLE = Member._meta.db_table


def hold_waiting(members: QuerySet[Member]) -> None:
    """Hold the numbers of some members to the end of the transaction, in the order of the members.

    What they are counted from is read afterwards: a statement that had to wait brings what was true before it waited.
    Where a transaction holds the whole database there is nothing to do.
    """
    if connection.features.has_select_for_update:
        list(members.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))


def read_waiting(member_id: int) -> int:
    """Give how many notices wait for a member, once whoever is counting just now is done."""
    # One statement that waits for a moment and holds nothing: a page of a topic asks this, outside of any transaction.
    wait = " FOR NO KEY UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT waiting FROM {TABLE} WHERE id = %s{wait}", [member_id])  # noqa: S608 - constants
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def write_waiting(members: QuerySet[Member], counted: Any) -> int:
    """Write onto members that are held how many notices wait for them: an expression that counts them for each."""
    return members.update(waiting=Coalesce(counted, 0))
