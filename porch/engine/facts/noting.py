"""Note a fact in the verb's own transaction; ring the bell once it is committed."""

from django.db import connection, transaction

from porch.engine.facts import bell
from porch.engine.facts.kinds import Fact
from porch.engine.facts.models import AudienceFactRow, CommunityFactRow
from porch.kit.time import to_micros

ROWS = {"community": CommunityFactRow, "audience": AudienceFactRow}
ORDER_LOCK = 0x506F726368  # "Porch"


def note(fact: Fact) -> None:
    """Append a fact to its stream. Call it last in a verb, inside its transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a fact is noted in the transaction of its verb")
    keep_commit_order()
    ROWS[fact.stream].objects.create(
        kind=fact.kind, version=fact.version, at=to_micros(fact.at), ids=fact.ids()
    )
    transaction.on_commit(bell.ring)


def keep_commit_order() -> None:
    """Make ids appear in the order of commits, so that whoever reads "after id n" misses nothing.

    SQLite has one writer anyway. PostgreSQL hands out ids before the commit: a lock held from here to the
    commit, a moment later, closes the gap.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ORDER_LOCK])
