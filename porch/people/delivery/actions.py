"""The one door for every delivery. Nothing else in Porch sends, and nothing goes out without grounds."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from porch.engine.audit.recording import record
from porch.engine.outbox import actions as outbox
from porch.engine.outbox.models import Delivery
from porch.engine.outbox.states import Priority, State
from porch.kit.addresses import clean_address
from porch.kit.refusals import NotFound
from porch.people.consent.grounds import ConsentStands, NoConsent
from porch.people.delivery.acts import SENT_AGAIN, TESTED
from porch.people.delivery.carrying import MAIL
from porch.people.delivery.grounds import PROMPT, Grounds, Reason, Transactional
from porch.people.delivery.jobs import ring
from porch.people.delivery.letters import Letter, write
from porch.people.delivery.message import build, new_message_id
from porch.people.delivery.objections import objection_to
from porch.people.delivery.server import Sender
from porch.people.delivery.stopping import stop_link
from porch.people.suppression.hashing import hash_address

TEST_MAIL = Letter("people/delivery/mail/test")


@transaction.atomic
def send(letter: Letter, *, to: str, grounds: Grounds, at: datetime, batch: str = "") -> Delivery:
    """Put a letter to one address into the outbox; a job sends it after the commit.

    ``grounds`` has no default. What is suppressed is left out and says so; without a mail server the letter is kept
    at the desk. Raises ``NotAnAddress``, and ``NoConsent`` where the grounds are of another address.
    """
    row = queue(letter, to=to, grounds=grounds, at=at, batch=batch)
    if row.state == State.QUEUED:
        ring(row.pk, row.priority)
    return row


@transaction.atomic
def queue(letter: Letter, *, to: str, grounds: Grounds, at: datetime, batch: str = "") -> Delivery:
    """Do the same without a job: whoever calls this carries the delivery out at once."""
    if type(grounds) not in (Transactional, ConsentStands):
        raise TypeError(
            "a delivery needs grounds: a consent that stands, or one of the transactional reasons"
        )
    to = clean_address(to)
    row = draft(letter, to, grounds, at)
    row.batch = batch
    stop = stop_link(grounds.subject, grounds.purpose) if isinstance(grounds, ConsentStands) else ""
    written = write(letter, {"stop_link": stop})
    row.subject = written.subject
    sender = settings.PORCH_MAIL_SENDER
    headers = headers_for(stop) | thread_headers(letter.thread, sender)
    data = build(written, sender=sender, to=to, message_id=row.message_id, at=at, headers=headers)
    if objection := objection_to(row):
        row.state, row.reason = State.EXCLUDED, objection
    elif settings.PORCH_MAIL_SERVER is None:
        row.state = State.KEPT
    return outbox.put_in(delivery=row, data=data)


def draft(letter: Letter, to: str, grounds: Grounds, at: datetime) -> Delivery:
    """Make the row of a delivery, with its grounds in it."""
    hashed = hash_address(to)
    row = Delivery(
        carrier=MAIL,
        kind=letter.template,
        to_address=to,
        address_hash=hashed,
        is_secret=letter.is_secret,
        message_id=new_message_id(settings.PORCH_MAIL_SENDER),
        state=State.QUEUED,
        queued_at=at,
        changed_at=at,
        next_try_at=at,
        rung_at=at,
    )
    if isinstance(grounds, ConsentStands):
        if grounds.address_hash != hashed:
            raise NoConsent
        row.consent_id, row.ground, row.subject_name = grounds.consent_id, grounds.purpose, grounds.subject
        row.priority = Priority.NORMAL
    else:
        row.ground = grounds.reason.value
        row.priority = Priority.PROMPT if grounds.reason in PROMPT else Priority.NORMAL
    return row


def headers_for(stop: str) -> dict[str, str]:
    """Tell programs how a mail is stopped in one step (RFC 8058), or that it came by itself (RFC 3834)."""
    if not stop:
        return {"Auto-Submitted": "auto-generated"}
    return {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def thread_headers(thread: str, sender: Sender) -> dict[str, str]:
    """Tell mail programs which letters belong together: all answer one that was never sent (RFC 5322, 3.6.4)."""
    if not thread:
        return {}
    root = f"<{thread}@{sender.host}>"
    return {"In-Reply-To": root, "References": root}


@transaction.atomic
def send_again(*, delivery_id: int, by_id: int, at: datetime) -> Delivery:
    """Send again, by hand, what failed, is uncertain or was kept; what speaks against it is asked again."""
    if not Delivery.objects.filter(pk=delivery_id, carrier=MAIL).exists():
        raise NotFound
    row = outbox.retry(delivery_id=delivery_id, at=at)
    record(SENT_AGAIN, by_id=by_id, at=at, delivery_id=row.pk)
    ring(row.pk, row.priority)
    return row


@transaction.atomic
def send_test_mail(*, to: str, by_id: int, at: datetime) -> Delivery:
    """Send a mail that says nothing but that mail arrives. Raises ``NotAnAddress``."""
    row = send(TEST_MAIL, to=to, grounds=Transactional(Reason.TEST_MAIL), at=at)
    record(TESTED, by_id=by_id, at=at, delivery_id=row.pk)
    return row
