"""What a worker does for devices: one job a message, and a look around every few seconds."""

from datetime import datetime

from django.db import transaction
from django_tasks import task

from porch.engine.outbox import actions as outbox
from porch.kit.time import now
from porch.notices.push.carrying import carry_out
from porch.notices.push.putting import CARRIER


@task()
def tell_device(delivery_id: int) -> str:
    """Carry out one message, if it is still to be told."""
    return str(carry_out(delivery_id, clock=now) or "")


@transaction.atomic
def look_around(at: datetime) -> None:
    """Ring for messages whose time has come."""
    for delivery_id, priority in outbox.due(at=at, carrier=CARRIER):
        tell_device.using(priority=priority).enqueue(delivery_id)
