"""From facts to messages that wait in the outbox, one for each endpoint that wants to hear."""

from collections.abc import Callable
from datetime import datetime
from secrets import token_hex

from porch.engine.facts.pull import Pulled
from porch.engine.outbox import actions as outbox
from porch.engine.outbox.models import Delivery
from porch.engine.outbox.states import Priority, State
from porch.engine.webhooks.jobs import CARRIER, ring
from porch.engine.webhooks.models import Endpoint
from porch.engine.webhooks.signing import body_of, type_of
from porch.kit.time import from_micros

GROUND = "webhook"
# Each is asked whether a fact may leave the house; higher floors add to it.
MAY_LEAVE: list[Callable[[Pulled], bool]] = []


def hear(fact: Pulled) -> None:
    """Put a fact into the outbox for every endpoint that wants to hear of its kind."""
    # There are a few dozen endpoints at most.
    wanting = [
        each
        for each in Endpoint.objects.filter(off_at__isnull=True, after_fact__lt=fact.id)
        if fact.kind in each.kind_names
    ]
    if wanting and all(may(fact) for may in MAY_LEAVE):
        for endpoint in wanting:
            ring(put(endpoint, fact, at=from_micros(fact.at)).pk)


def put(endpoint: Endpoint, fact: Pulled, *, at: datetime) -> Delivery:
    """Put a fact into the outbox for one endpoint."""
    row = Delivery(
        carrier=CARRIER,
        kind=fact.kind,
        # It goes to no person: whom it goes to stands in the batch.
        address_hash="",
        subject=type_of(fact.kind),
        ground=GROUND,
        batch=batch_of(endpoint.pk),
        priority=Priority.NORMAL,
        is_secret=False,
        # One and the same in every attempt, so that whoever gets it twice can tell.
        message_id=f"msg_{token_hex(16)}",
        state=State.QUEUED,
        queued_at=at,
        changed_at=at,
        next_try_at=at,
        rung_at=at,
    )
    return outbox.put_in(delivery=row, data=body_of(fact))


def batch_of(endpoint_id: int) -> str:
    """Name all messages of an endpoint."""
    return f"webhook:{endpoint_id}"
