from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from porch.engine.outbox.models import Delivery
from porch.engine.outbox.states import OPEN, State


@dataclass(frozen=True, slots=True)
class Account:
    """What became of every candidate of a send: each is in exactly one of the others."""

    candidates: int
    accepted: int
    excluded: int
    failed: int
    uncertain: int
    kept: int
    still_open: int

    @property
    def adds_up(self) -> bool:
        settled = self.accepted + self.excluded + self.failed + self.uncertain + self.kept
        return self.candidates == settled + self.still_open


def account(*, carrier: str, batch: str | None = None) -> Account:
    """Count the deliveries of a carrier, or of one batch, by what became of them."""
    rows = Delivery.objects.filter(carrier=carrier, **({} if batch is None else {"batch": batch}))
    found = dict(rows.values_list("state").annotate(n=Count("id")))
    return Account(
        candidates=sum(found.values()),
        accepted=found.get(State.ACCEPTED, 0),
        excluded=found.get(State.EXCLUDED, 0),
        failed=found.get(State.FAILED, 0),
        uncertain=found.get(State.UNCERTAIN, 0),
        kept=found.get(State.KEPT, 0),
        still_open=sum(found.get(each, 0) for each in OPEN),
    )


def page_of(
    state: str = "", before: int | None = None, most: int = 50, *, carrier: str, batch: str = ""
) -> tuple[list[Delivery], int | None]:
    """Give deliveries of a carrier, newest first, and the id before which older ones lie, or None."""
    rows = Delivery.objects.filter(carrier=carrier, **({"batch": batch} if batch else {})).order_by("-id")
    if state:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: most + 1])
    return found[:most], found[most - 1].pk if len(found) > most else None


def count_waiting(*, before: datetime, carrier: str) -> int:
    """Count what has been open for a carrier since before a time."""
    return Delivery.objects.filter(carrier=carrier, state__in=OPEN, queued_at__lte=before).count()
