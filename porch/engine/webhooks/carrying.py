"""Carry a message out: take it up, ask the other side outside of any transaction, settle it."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from porch.engine.outbox import actions as outbox
from porch.engine.outbox.actions import Attempt, Outcome
from porch.engine.outbox.models import Delivery
from porch.engine.outbox.states import State
from porch.engine.webhooks.models import Endpoint
from porch.engine.webhooks.signing import headers_for
from porch.kit.http import NETWORK, NotFetched, Policy, fetch
from porch.kit.http.network import Network

log = logging.getLogger("porch.webhooks")

# Whoever takes a message answers at once and works on it afterwards; where it leads on is a mistake of the address.
POLICY = Policy(most_bytes=64_000, seconds=15.0, redirects=0, user_agent="Porch-Webhooks")
GONE = 410
# An endpoint at which everything has failed for so long is switched off.
FAILS_FOR = timedelta(days=5)


def carry_out(
    delivery_id: int, *, clock: Callable[[], datetime], policy: Policy = POLICY, network: Network = NETWORK
) -> State | None:
    """Try to hand over one message, if it waits for it; say what became of it. Safe to call twice.

    What was not answered is sent again: whoever gets it twice knows it by its id.
    """
    attempt = outbox.take_up(delivery_id=delivery_id, at=clock(), object_to=objection_to)
    if attempt is None:
        return None
    row = Delivery.objects.get(pk=delivery_id)
    endpoint = endpoint_of(row)
    if endpoint is None:
        return None  # deleted in this moment; the attempt is settled when it is looked over
    outcome, status = ask(endpoint, attempt, row.message_id, clock(), policy, network)
    state = outbox.settle(attempt=attempt, outcome=outcome, at=clock())
    write_down(endpoint.pk, is_accepted=outcome.state == State.ACCEPTED, is_gone=status == GONE, at=clock())
    return state


def ask(
    endpoint: Endpoint, attempt: Attempt, message_id: str, at: datetime, policy: Policy, network: Network
) -> tuple[Outcome, int | None]:
    """Send a message once; give how it ended, and the status of the answer if there was one."""
    headers = headers_for(endpoint, message_id, attempt.data, at)
    try:
        answer = fetch(
            endpoint.url, method="POST", headers=headers, body=attempt.data, policy=policy, network=network
        )
    except NotFetched as refusal:
        return Outcome(State.FAILED, "not-reached", str(refusal), for_now=True), None
    said = f"{answer.status} {answer.body[:200].decode('utf-8', 'replace')}".strip()
    if 200 <= answer.status < 300:
        return Outcome(State.ACCEPTED, answer=said), answer.status
    return Outcome(State.FAILED, "refused", said, for_now=answer.status != GONE), answer.status


def write_down(endpoint_id: int, *, is_accepted: bool, is_gone: bool, at: datetime) -> None:
    """Keep on the endpoint how it does, and switch off one that is gone, or fails for days."""
    rows = Endpoint.objects.filter(pk=endpoint_id)
    if is_accepted:
        rows.filter(failing_since__isnull=False).update(failing_since=None)
        return
    rows.filter(failing_since__isnull=True).update(failing_since=at)
    is_on = rows.filter(off_at__isnull=True)
    if is_gone:
        is_on.update(off_at=at, off_because="gone")
    elif is_on.filter(failing_since__lte=at - FAILS_FOR).update(off_at=at, off_because="failing"):
        log.warning("webhook %s is switched off: everything failed for days", endpoint_id)


def objection_to(row: Delivery) -> str:
    """Give a word for why a message must not go out, or nothing."""
    endpoint = endpoint_of(row)
    if endpoint is None:
        return "endpoint-deleted"
    return "" if endpoint.off_at is None else "endpoint-off"


def endpoint_of(row: Delivery) -> Endpoint | None:
    """Find the endpoint of a message, if it is still there."""
    return Endpoint.objects.filter(pk=int(row.batch.removeprefix("webhook:"))).first()
