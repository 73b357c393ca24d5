"""What the outbox lets go of when somebody is erased."""

from django.db import transaction

from porch.engine.outbox.models import Delivery, DeliveryBody
from porch.people.suppression.hashing import hash_address


@transaction.atomic
def forget_deliveries(*, address: str) -> int:
    """Take address, subject and text out of what was sent to an address; that something was, and how it ended, stays.

    What still waits is left out. Gives how many rows were touched.
    """
    rows = Delivery.objects.select_for_update().filter(address_hash=hash_address(address))
    ids = list(rows.values_list("pk", flat=True))
    DeliveryBody.objects.filter(delivery_id__in=ids).delete()
    return Delivery.objects.filter(pk__in=ids).update(to_address="", subject="", answer="")
