"""What a worker does for devices: one job a message, and a look around every few seconds."""

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks import task

from porch.engine.clock.reads import clock_is_doubtful
from porch.engine.outbox import actions as outbox
from porch.kit.time import now
from porch.notices.push.carrying import carry_out
from porch.notices.push.putting import CARRIER

# How long it can be seen what became of a message.
KEPT = timedelta(days=30)


@task()
def tell_device(delivery_id: int) -> str:
    """Carry out one message, if it is still to be told."""
    return str(carry_out(delivery_id, clock=now) or "")


@task()
def forget_messages() -> None:
    """Delete messages that are settled for a month, some at a time."""
    at = now()
    # Nothing is deleted while it is doubtful what is old.
    while not clock_is_doubtful() and forget_some(at=at):
        pass


def forget_some(*, at: datetime) -> int:
    """Delete some messages that are settled for a month; give how many."""
    return outbox.forget_settled(carrier=CARRIER, before=at - KEPT)


@transaction.atomic
def look_around(at: datetime) -> None:
    """Ring for messages whose time has come."""
    for delivery_id, priority in outbox.due(at=at, carrier=CARRIER):
        tell_device.using(priority=priority).enqueue(delivery_id)
