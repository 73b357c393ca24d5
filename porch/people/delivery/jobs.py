"""What a worker does for mail: one job a delivery, and a look around every few seconds."""

from datetime import datetime

from django.db import transaction
from django_tasks import task

from porch.engine.clock.reads import clock_is_doubtful
from porch.engine.outbox import actions as outbox
from porch.kit.time import now
from porch.people.delivery.carrying import MAIL, carry_out


@task()
def carry(delivery_id: int) -> str:
    """Carry out one delivery, if it still waits for it."""
    return str(carry_out(delivery_id, clock=now) or "")


def look_around(at: datetime) -> None:
    """Settle what a killed worker left, wipe old secrets, and ring again for what is due.

    Nothing is wiped while it is doubtful what is old.
    """
    outbox.reconcile(at=at)
    if not clock_is_doubtful():
        outbox.wipe_secrets(at=at)
    with transaction.atomic():
        for delivery_id, priority in outbox.due(at=at, carrier=MAIL):
            ring(delivery_id, priority)


def ring(delivery_id: int, priority: int) -> None:
    """Have a worker look at a delivery, in the order of its priority."""
    carry.using(priority=priority).enqueue(delivery_id)
