"""What a worker does for webhooks: one job a message, and a look around every few seconds."""

from datetime import datetime, timedelta

from django.db import transaction
from django_tasks import task

from porch.engine.clock.reads import clock_is_doubtful
from porch.engine.outbox import actions as outbox
from porch.engine.webhooks.carrying import carry_out
from porch.kit.time import now

CARRIER = "webhook"
# How long it can be seen what became of a message.
KEPT = timedelta(days=30)


@task()
def carry_message(delivery_id: int) -> str:
    """Carry out one message, if it still waits for it."""
    return str(carry_out(delivery_id, clock=now) or "")


@transaction.atomic
def look_around(at: datetime) -> None:
    """Ring again for messages that are due. What a killed worker left is settled with the mail."""
    for delivery_id, _priority in outbox.due(at=at, carrier=CARRIER):
        ring(delivery_id)


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


def ring(delivery_id: int) -> None:
    """Have a worker look at a message."""
    carry_message.enqueue(delivery_id)
