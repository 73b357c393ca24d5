"""Opening what was sent to somebody else: an operator may, and where it holds a secret it is written down."""

from datetime import datetime

from django.db import transaction

from porch.engine.audit.models import AuditEntry
from porch.engine.audit.recording import record
from porch.engine.outbox.models import Delivery, DeliveryBody
from porch.kit.refusals import NotFound
from porch.people.delivery.acts import READ
from porch.people.delivery.carrying import MAIL
from porch.people.identity.addresses import find_by_address
from porch.people.sign_in.recent import RECENT


@transaction.atomic
def read_letter(*, delivery_id: int, by_id: int, at: datetime) -> bytes:
    """Give the bytes of a letter; one with a secret leaves a row in the audit, of whom it was for too.

    A page, its frame and its file are one opening: one row for each operator and letter in a quarter of an hour.
    Raises ``NotFound`` for what is not there, or was wiped.
    """
    row = Delivery.objects.filter(pk=delivery_id, carrier=MAIL).first()
    body = DeliveryBody.objects.filter(delivery_id=delivery_id).first() if row else None
    if row is None or body is None:
        raise NotFound
    if row.is_secret and not is_written_down(row, by_id, at):
        whose = find_by_address(row.to_address)
        record(READ, by_id=by_id, at=at, about_id=whose.pk if whose else None, delivery_id=row.pk)
    return bytes(body.data)


def is_written_down(row: Delivery, by_id: int, at: datetime) -> bool:
    """Say whether this operator's opening of this letter stands in the audit already, from just now."""
    said = AuditEntry.objects.filter(act=READ.name, by_id=by_id, at__gt=at - RECENT, at__lte=at)
    return said.filter(ids__delivery_id=row.pk).exists()
