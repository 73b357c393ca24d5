"""Carry a delivery out: take it up, speak with the server outside of any transaction, settle it."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from porch.engine.outbox import actions as outbox
from porch.engine.outbox.actions import Attempt, Outcome
from porch.engine.outbox.states import State
from porch.people.delivery.objections import objection_to
from porch.people.delivery.server import MailServer
from porch.people.delivery.smtp import Said, hand_over
from porch.people.suppression.actions import suppress
from porch.people.suppression.models import Reason

log = logging.getLogger("porch.mail")

MAIL = "mail"
ENDS = {
    "accepted": State.ACCEPTED,
    "later": State.FAILED,
    "refused": State.FAILED,
    "unknown": State.UNCERTAIN,
}


def carry_out(delivery_id: int, *, clock: Callable[[], datetime]) -> State | None:
    """Try to deliver once, if the delivery waits for it; say what became of it. Safe to call twice.

    Takes the clock and not the time: between two looks lies a talk with another machine.
    """
    server: MailServer | None = settings.PORCH_MAIL_SERVER
    if server is None:
        return outbox.keep(delivery_id=delivery_id, at=clock())
    attempt = outbox.take_up(delivery_id=delivery_id, at=clock(), object_to=objection_to)
    if attempt is None:
        return None
    said = hand_over(
        server,
        sender=settings.PORCH_MAIL_SENDER.address,
        to=attempt.to_address,
        data=attempt.data,
        may_go=lambda: outbox.pass_return(attempt=attempt, at=clock(), object_to=objection_to),
        me=settings.PORCH_MAIL_SENDER.host,
    )
    return settle(attempt, said, clock())


def settle(attempt: Attempt, said: Said, at: datetime) -> State | None:
    """Write down how it ended, and never write to a mailbox again that is gone."""
    if said.end == "stopped":
        return None
    if said.mailbox_is_gone:
        suppress(address=attempt.to_address, reason=Reason.BOUNCED, at=at)
    outcome = Outcome(ENDS[said.end], said.reason, said.answer, for_now=said.end == "later")
    state = outbox.settle(attempt=attempt, outcome=outcome, at=at)
    if state != State.ACCEPTED:
        log.warning("mail %s is %s: %s", attempt.delivery_id, state or "another's by now", said.reason)
    return state
