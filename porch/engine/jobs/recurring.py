"""Work that comes round by a recurrence rule. A table remembers when each falls due next."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from dateutil.rrule import HOURLY, rrule, rrulestr
from django.db import transaction

from porch.engine.jobs.models import Recurrence
from porch.kit.locks import take_turns

log = logging.getLogger("porch.worker")

# A first of January and a Monday: "every second week" counts from here.
ANCHOR = datetime(2001, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Recurring:
    """A job to enqueue whenever its rule (RFC 5545, in UTC) falls due; missed times are made up for once."""

    name: str
    rule: str
    task: Any

    def __post_init__(self) -> None:
        if "DTSTART" in self.rule or "COUNT" in self.rule or "UNTIL" in self.rule:
            raise ValueError(f"{self.name} recurs without a beginning and without an end")
        self.after(ANCHOR)

    def after(self, at: datetime) -> datetime:
        """Give the first time after ``at`` at which it falls due. Raises ValueError for a rule that makes no sense."""
        rule = rrulestr(self.rule, dtstart=ANCHOR)
        if not isinstance(rule, rrule):
            raise ValueError(f"{self.name} has a rule that is more than one")
        # The library counts from the beginning: what comes round within the day begins the day before.
        if rule._freq >= HOURLY:  # type: ignore[attr-defined]
            start = at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=1)
            rule = rule.replace(dtstart=start)
        due = rule.after(at)
        if due is None:
            raise ValueError(f"{self.name} never falls due")
        return due


class Calendar:
    """What one worker knows of the recurring work. Any number of workers keep it together."""

    def __init__(self, recurring: Sequence[Recurring]) -> None:
        self.recurring = recurring
        # By name: between these two times the second is what falls due next.
        self._known: dict[str, tuple[datetime, datetime]] = {}

    def begin(self, *, at: datetime) -> None:
        """Take up what is new or has another rule, and forget what is gone. For the start of a worker."""
        with transaction.atomic():
            take_turns("recurrences")
            rows = {each.work: each for each in Recurrence.objects.all()}
            for each in self.recurring:
                row = rows.pop(each.name, None)
                if row is None or row.rule != each.rule:
                    due = {"rule": each.rule, "next_at": each.after(at)}
                    Recurrence.objects.update_or_create(work=each.name, defaults=due)
            Recurrence.objects.filter(work__in=list(rows)).delete()

    def look(self, *, at: datetime) -> int:
        """Enqueue what has fallen due; give its number."""
        if not self.recurring:
            return 0
        rows = {each.work: each for each in Recurrence.objects.all()}
        done = 0
        for each in self.recurring:
            row = rows.get(each.name)
            # A row with another rule belongs to a worker of another version.
            if row is not None and row.rule == each.rule and row.next_at != self._next(each, at):
                done += go_on(each, at=at) is not None
        return done

    def _next(self, recurring: Recurring, at: datetime) -> datetime:
        start, due = self._known.get(recurring.name, (at, at))
        if not start <= at < due:
            due = recurring.after(at)
            self._known[recurring.name] = (at, due)
        return due


@transaction.atomic
def go_on(recurring: Recurring, *, at: datetime) -> UUID | None:
    """Enqueue work that is due and move on to its next time, in one go; give the job, if there is one.

    A next time that is further off than the rule says is from before the clock was set back: it is only put right.
    """
    row = Recurrence.objects.select_for_update(skip_locked=True).filter(work=recurring.name).first()
    if row is None or row.rule != recurring.rule:
        return None
    is_due = row.next_at is None or row.next_at <= at
    row.next_at = recurring.after(at)
    if is_due:
        row.last_at, row.last_job = at, UUID(recurring.task.enqueue().id)
        log.info("%s is due", recurring.name)
    row.save(update_fields=["next_at", "last_at", "last_job"])
    return row.last_job if is_due else None
