"""From notices to messages that wait in the outbox, one for each device of whoever is told."""

import json
from datetime import datetime, timedelta
from secrets import token_hex

from porch.engine.facts.pull import Pulled
from porch.engine.outbox import actions as outbox
from porch.engine.outbox.models import Delivery
from porch.engine.outbox.states import Priority, State
from porch.kit.time import from_micros
from porch.notices.push.models import Device

CARRIER, GROUND = "push", "push"
NOTICE, TEST = "notice", "test"
# Whoever has the topic open reads it meanwhile, and is told nothing.
WAITS = timedelta(seconds=30)


def hear_to_push(fact: Pulled) -> None:
    """Put what a member is told into the outbox, for each of their devices."""
    at = from_micros(fact.at)
    for device in Device.objects.filter(member=fact.ids["member_id"]).order_by("pk"):
        put(device, kind=NOTICE, post_id=fact.ids["post_id"], due_at=at + WAITS, at=at)


def put(device: Device, *, kind: str, post_id: int, due_at: datetime, at: datetime) -> Delivery:
    """Put a message for a device into the outbox. It holds numbers; its words are made when it goes out."""
    row = Delivery(
        carrier=CARRIER,
        kind=kind,
        # It goes to no address: whose device it is stands in the batch.
        address_hash="",
        subject=kind,
        ground=GROUND,
        batch=f"push:{device.pk}",
        # After a few minutes nobody waits for it; mail brings what was missed.
        priority=Priority.PROMPT,
        is_secret=False,
        message_id=f"push-{token_hex(16)}",
        state=State.QUEUED,
        queued_at=at,
        changed_at=at,
        next_try_at=due_at,
    )
    return outbox.put_in(delivery=row, data=json.dumps({"post_id": post_id}).encode())
