"""The verbs of a delivery: put it in the outbox, take it up, pass the point of no return, settle it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from porch.engine.outbox.models import Delivery, DeliveryBody
from porch.engine.outbox.states import (
    ATTEMPT_LASTS,
    MAY_BE_RETRIED,
    MAY_BECOME,
    OPEN,
    RING_AGAIN,
    SECRET_LASTS,
    Priority,
    State,
    next_try,
)
from porch.kit.refusals import Conflict, NotFound

Objection = Callable[[Delivery], str]
MOST_AT_ONCE, MOST_FORGOTTEN = 200, 1_000


class NothingToRetry(Conflict):
    text = _("This cannot be sent again.")
    hint = _("It was accepted, it is on its way, or its text was wiped because it held a secret.")


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try at one delivery."""

    delivery_id: int
    name: str
    to_address: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended. ``for_now`` means that another may do better."""

    state: State
    reason: str = ""
    answer: str = ""
    for_now: bool = False


@transaction.atomic
def put_in(*, delivery: Delivery, data: bytes) -> Delivery:
    """Add a delivery with its ready bytes."""
    delivery.save(force_insert=True)
    if not (delivery.is_secret and delivery.state == State.EXCLUDED):
        DeliveryBody.objects.create(delivery=delivery, data=data)
    return delivery


@transaction.atomic
def take_up(*, delivery_id: int, at: datetime, object_to: Objection) -> Attempt | None:
    """Begin an attempt, if the delivery waits for one. Of two who try at once, one begins.

    ``object_to`` is asked again now whether something speaks against it; a word excludes it.
    """
    row = Delivery.objects.select_for_update().filter(pk=delivery_id, state=State.QUEUED).first()
    if row is None or row.next_try_at is None or row.next_try_at > at:
        return None
    body = DeliveryBody.objects.filter(delivery=row).first()
    objection = object_to(row) or ("" if body else "body-wiped")
    if objection or body is None:
        become(row, State.EXCLUDED, at, reason=objection)
        return None
    row.attempts += 1
    row.attempt, row.ends_at, row.past_return_at = token_hex(16), at + ATTEMPT_LASTS, None
    become(row, State.SENDING, at)
    return Attempt(row.pk, row.attempt, row.to_address, bytes(body.data))


@transaction.atomic
def keep(*, delivery_id: int, at: datetime) -> State | None:
    """Keep what waits at the desk, since there is nothing to send it with any more."""
    row = Delivery.objects.select_for_update().filter(pk=delivery_id, state=State.QUEUED).first()
    if row is None:
        return None
    become(row, State.KEPT, at)
    return State.KEPT


@transaction.atomic
def pass_return(*, attempt: Attempt, at: datetime, object_to: Objection) -> bool:
    """Write down that from here on it may have arrived, or say no: then nothing may be sent.

    No, where the attempt was taken for dead meanwhile, or something has come to speak against it.
    """
    row = Delivery.objects.select_for_update().filter(**of(attempt), state=State.SENDING).first()
    if row is None:
        return False
    if objection := object_to(row):
        become(row, State.EXCLUDED, at, reason=objection)
        return False
    row.past_return_at, row.ends_at = at, at + ATTEMPT_LASTS
    row.save()
    return True


@transaction.atomic
def settle(*, attempt: Attempt, outcome: Outcome, at: datetime) -> State | None:
    """Write down how an attempt ended; None where it is not this attempt's to say any more."""
    row = Delivery.objects.select_for_update().filter(**of(attempt)).first()
    if row is None or outcome.state not in MAY_BECOME.get(State(row.state), ()):
        return None
    wait = next_try(Priority(row.priority), row.attempts) if outcome.for_now else None
    if wait is not None:
        row.next_try_at, row.rung_at = at + wait, None
        become(row, State.QUEUED, at, reason=outcome.reason, answer=outcome.answer)
    else:
        become(row, outcome.state, at, reason=outcome.reason, answer=outcome.answer)
    return State(row.state)


@transaction.atomic
def retry(*, delivery_id: int, at: datetime) -> Delivery:
    """Send again by hand what failed, is uncertain or was kept."""
    row = Delivery.objects.select_for_update().filter(pk=delivery_id).first()
    if row is None:
        raise NotFound
    if row.state not in MAY_BE_RETRIED or not DeliveryBody.objects.filter(delivery=row).exists():
        raise NothingToRetry
    row.state, row.changed_at, row.reason, row.answer = State.QUEUED, at, "", ""
    row.attempts, row.attempt, row.next_try_at, row.rung_at = 0, "", at, at
    row.past_return_at = row.ends_at = None
    row.save()
    return row


@transaction.atomic
def reconcile(*, at: datetime) -> int:
    """Settle attempts whose worker is gone: uncertain where something may have left, waiting where nothing did."""
    dead = Delivery.objects.select_for_update().filter(state=State.SENDING, ends_at__lte=at)[:MOST_AT_ONCE]
    for row in dead:
        if row.is_past_return:
            become(row, State.UNCERTAIN, at, reason="worker-gone")
        elif (wait := next_try(Priority(row.priority), row.attempts)) is None:
            become(row, State.FAILED, at, reason="tried-too-long")
        else:
            row.next_try_at, row.rung_at = at + wait, None
            become(row, State.QUEUED, at, reason="worker-gone")
    return len(dead)


@transaction.atomic
def due(*, at: datetime, carrier: str) -> list[tuple[int, Priority]]:
    """Give what waits for a carrier and whose time has come, and note that its bell is rung."""
    unheard = Q(rung_at__isnull=True) | Q(rung_at__lte=at - RING_AGAIN)
    rows = list(
        Delivery.objects.select_for_update(skip_locked=True)
        .filter(unheard, carrier=carrier, state=State.QUEUED, next_try_at__lte=at)
        .order_by("-priority", "next_try_at")[:MOST_AT_ONCE]
    )
    Delivery.objects.filter(pk__in=[row.pk for row in rows]).update(rung_at=at)
    return [(row.pk, Priority(row.priority)) for row in rows]


@transaction.atomic
def forget_settled(*, carrier: str, before: datetime) -> int:
    """Delete some deliveries of a carrier that were settled by then; give how many."""
    old = Delivery.objects.filter(carrier=carrier, changed_at__lte=before).exclude(state__in=OPEN)
    ids = list(old.order_by("pk").values_list("pk", flat=True)[:MOST_FORGOTTEN])
    Delivery.objects.filter(pk__in=ids).delete()
    return len(ids)


@transaction.atomic
def wipe_secrets(*, at: datetime) -> int:
    """Delete the bodies of letters with a secret that have waited for a day; what still waits has failed."""
    old = Delivery.objects.select_for_update(of=("self",)).filter(
        is_secret=True, body__isnull=False, queued_at__lte=at - SECRET_LASTS
    )
    rows = [row for row in old[:MOST_AT_ONCE] if row.state != State.SENDING]
    for row in rows:
        if row.state == State.QUEUED:
            row.state, row.reason, row.changed_at = State.FAILED, "tried-too-long", at
            row.save()
    DeliveryBody.objects.filter(delivery__in=rows).delete()
    return len(rows)


def become(row: Delivery, state: State, at: datetime, *, reason: str = "", answer: str = "") -> None:
    """Move a locked row to a state that may follow its own, and wipe a secret that is not needed any more."""
    if state not in MAY_BECOME.get(State(row.state), ()):
        raise ValueError(f"a delivery that is {row.state} does not become {state}")
    row.state, row.changed_at, row.reason, row.answer = state, at, reason, answer[:500]
    if state != State.SENDING:
        row.ends_at = None
    if state == State.QUEUED:
        row.past_return_at = None
    row.save()
    if row.is_secret and state in (State.ACCEPTED, State.EXCLUDED):
        DeliveryBody.objects.filter(delivery=row).delete()


def of(attempt: Attempt) -> dict[str, object]:
    """Pick the row of an attempt, as long as no other has begun."""
    return {"pk": attempt.delivery_id, "attempt": attempt.name}
