"""Notice what is overdue: once for each promise, in small batches, however long nobody looked."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from porch.engine.promises.actions import change
from porch.engine.promises.models import Promise
from porch.engine.promises.states import State

BATCH, MOST_BATCHES = 100, 50


@dataclass(frozen=True, slots=True)
class Noticed:
    """How many promises were marked broken, and how many are held because the clock is in doubt."""

    broken: int
    held: int


def notice_overdue(*, at: datetime, hold: bool = False) -> Noticed:
    """Mark every open promise whose time has passed as broken, up to 5,000 in one call; the next one goes on.

    ``hold`` says that the clock is in doubt: then nothing is marked, and what would be is counted.
    """
    if hold:
        return Noticed(broken=0, held=Promise.objects.filter(state=State.OWED, due_at__lt=at).count())
    broken = 0
    for _ in range(MOST_BATCHES):
        marked = notice_some(at=at)
        broken += marked
        if marked < BATCH:
            break
    return Noticed(broken=broken, held=0)


@transaction.atomic
def notice_some(*, at: datetime) -> int:
    """Mark one batch. Whatever somebody else has in hand is left to them, and looked at again next time."""
    overdue = Promise.objects.filter(state=State.OWED, due_at__lt=at).order_by("due_at", "id")
    found = list(overdue.select_for_update(skip_locked=True)[:BATCH])
    for owed in found:
        change(owed, State.BROKEN, at=at)
    return len(found)
