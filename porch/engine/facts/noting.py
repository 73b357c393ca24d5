"""Note a fact in the verb's own transaction; ring the bell once it is committed."""

from django.db import connection, transaction

from porch.engine.facts import bell
from porch.engine.facts.kinds import Fact
from porch.engine.facts.models import AudienceFactRow, CommunityFactRow
from porch.kit.locks import take_turns
from porch.kit.time import to_micros

ROWS: dict[str, type[CommunityFactRow] | type[AudienceFactRow]] = {
    "community": CommunityFactRow,
    "audience": AudienceFactRow,
}


def note(fact: Fact) -> None:
    """Append a fact to its stream. Call it last in a verb, inside its transaction."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a fact is noted in the transaction of its verb")
    # PostgreSQL hands out ids before the commit. With a turn held from here to the commit, a moment later,
    # ids appear in the order of commits, so that whoever reads "after id n" misses nothing.
    take_turns("facts")
    ROWS[fact.stream].objects.create(
        kind=fact.kind, version=fact.version, at=to_micros(fact.at), ids=fact.ids()
    )
    transaction.on_commit(bell.ring)
