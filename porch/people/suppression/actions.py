"""The verbs of suppression: stop writing to an address, and start again where the person says so."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.refusals import Refusal
from porch.people.identity.models import Person
from porch.people.identity.operators import require_operator
from porch.people.suppression.acts import SUPPRESSED, TAKEN_BACK
from porch.people.suppression.facts import SuppressionAdded, SuppressionLifted
from porch.people.suppression.hashing import hash_address, key_in_use
from porch.people.suppression.models import EVERYTHING, Reason, Suppression

SLIP_OF_THE_HAND = timedelta(minutes=10)


class OnlyThePersonLifts(Refusal):
    status = 409
    text = _("Only the person whose address it is can lift this.")
    hint = _("They do so by saying yes again, from that address or signed in.")


def suppress(
    *, address: str, reason: Reason, at: datetime, scope: str = EVERYTHING, by: Person | None = None
) -> Suppression:
    """Stop writing to an address, for one purpose or for all. What is stopped already stays as it is."""
    return suppress_hash(hashed=hash_address(address), reason=reason, at=at, scope=scope, by=by)


@transaction.atomic
def suppress_hash(
    *, hashed: str, reason: Reason, at: datetime, scope: str = EVERYTHING, by: Person | None = None
) -> Suppression:
    """Stop writing to an address of which only the hash is known. ``by`` is nobody where a machine does it."""
    require_operator(by)
    new = {"key": key_in_use(), "since": at, "entered_by": by}
    row, is_new = Suppression.objects.get_or_create(hash=hashed, scope=scope, reason=reason, defaults=new)
    if is_new:
        note(SuppressionAdded(at=at))
        if by is not None:
            record(SUPPRESSED, by_id=by.pk, at=at, suppression_id=row.pk)
    return row


@transaction.atomic
def lift_for(*, hashed: str, purpose: str, others: Iterable[str], at: datetime) -> None:
    """Write to an address again for one purpose, because its owner has just said so and proved it.

    What stopped everything still stops the ``others``: a yes to one thing is none to the rest. Only that the
    mailbox was gone is refuted for all.
    """
    for row in Suppression.objects.select_for_update().filter(hash=hashed, scope__in=[purpose, EVERYTHING]):
        if row.scope == EVERYTHING and row.reason != Reason.BOUNCED:
            for other in others:
                suppress_hash(hashed=hashed, reason=Reason(row.reason), at=row.since, scope=other)
        row.delete()
        note(SuppressionLifted(at=at))


@transaction.atomic
def take_back(*, suppression_id: int, by: Person, at: datetime) -> None:
    """Undo a slip of the hand: an operator's own entry, within ten minutes. Later only the person can."""
    require_operator(by)
    row = Suppression.objects.select_for_update().filter(pk=suppression_id, reason=Reason.OPERATOR).first()
    if row is None or row.entered_by_id != by.pk or not row.since <= at < row.since + SLIP_OF_THE_HAND:
        raise OnlyThePersonLifts
    record(TAKEN_BACK, by_id=by.pk, at=at, suppression_id=row.pk)
    row.delete()
    note(SuppressionLifted(at=at))
