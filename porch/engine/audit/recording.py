"""Record what somebody in charge does, in the transaction in which they do it."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from porch.engine.audit.acts import ACTS, Act
from porch.engine.audit.models import AuditEntry
from porch.kit.text import clean_line

MOST_REASON = 500


def record(
    act: Act, *, by_id: int | None, at: datetime, about_id: int | None = None, reason: str = "", **ids: int
) -> AuditEntry:
    """Append a row to the audit; ``by_id`` is None for the command line. Call it in the verb's transaction.

    The row holds ids and the reason, which those concerned can read. Raises ``TypeError`` for ids that the act
    does not name.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("an act is recorded in the transaction of its verb")
    if ACTS.get(act.name) is not act:
        raise ValueError(f"the act {act.name!r} is not declared")
    if set(ids) != set(act.ids) or not all(type(value) is int for value in ids.values()):
        raise TypeError(f"the act {act.name!r} takes the ids {act.ids}, not {ids}")
    return AuditEntry.objects.create(
        act=act.name,
        version=act.version,
        at=at,
        is_by_person=by_id is not None,
        by_id=by_id,
        is_about_person=about_id is not None,
        about_id=about_id,
        reason=clean_line(reason, most=MOST_REASON, name=_("reason")) if reason.strip() else "",
        ids=ids,
    )
