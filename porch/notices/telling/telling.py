"""Tell members of a post: however many they are, in the same few statements."""

from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, DateTimeField, PositiveSmallIntegerField, QuerySet, Value
from django.db.models.functions import Cast

from porch.community.membership.models import Member
from porch.notices.waiting.counting import count_anew
from porch.notices.waiting.kinds import AGAIN, Kind
from porch.notices.waiting.models import Mailbag, Notice
from porch.notices.waiting.waits import WAITS

NOTICE, MAILBAG = Notice._meta.db_table, Mailbag._meta.db_table
COLUMNS = "(post_id, kind, at, member_id)"
# An announcement that is not sent to all was settled without a mail.
STRONGER = (
    f"ON CONFLICT (post_id, member_id) DO UPDATE SET kind = excluded.kind, settled_at = "
    f"CASE WHEN {NOTICE}.kind = {int(Kind.ANNOUNCEMENT)} THEN NULL ELSE {NOTICE}.settled_at END "
    f"WHERE {NOTICE}.kind < excluded.kind"
)
AGAIN_FROM_NOW = (
    f"ON CONFLICT (post_id, member_id) DO UPDATE SET kind = excluded.kind, at = excluded.at, "
    f"seen_at = NULL, settled_at = NULL WHERE {NOTICE}.at < excluded.at"
)
SOONER = (
    f"ON CONFLICT (member_id) DO UPDATE SET due_at = excluded.due_at WHERE {MAILBAG}.due_at > excluded.due_at"
)


def tell(members: QuerySet[Member], *, post_id: int, kind: Kind, at: datetime) -> int:
    """Tell members of a post; give how many were told something new. Told twice, they are told once.

    Whoever knows of the post for a weaker reason is told the stronger one; a reminder is told again.
    """
    chosen = members.annotate(
        for_post=Cast(Value(post_id), BigIntegerField()),
        of_kind=Cast(Value(int(kind)), PositiveSmallIntegerField()),
        told_at=Value(at, DateTimeField()),
    ).values_list("for_post", "of_kind", "told_at", "pk")
    told = insert(NOTICE, COLUMNS, chosen, AGAIN_FROM_NOW if kind == AGAIN else STRONGER)
    if told:
        waiting = Notice.objects.filter(post_id=post_id, settled_at__isnull=True).order_by("member_id")
        bags = waiting.annotate(due=Value(at + WAITS, DateTimeField())).values_list("member_id", "due")
        insert(MAILBAG, "(member_id, due_at)", bags, SOONER)
        count_anew(Notice.objects.filter(post_id=post_id))
    return told


def insert(table: str, columns: str, chosen: QuerySet[Any, Any], conflict: str) -> int:
    """Insert what a query selects, in one statement; give how many rows were added or changed."""
    sql, values = chosen.query.get_compiler(connection=connection).as_sql()
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} {columns} {sql} {conflict}", values)
        return int(cursor.rowcount)
