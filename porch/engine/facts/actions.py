"""What an operator does with a consumer that fails: have it try again now, or let it pass over one fact."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.engine.audit.recording import record
from porch.engine.facts.acts import RETRIED, SKIPPED
from porch.engine.facts.facts import FactSkipped
from porch.engine.facts.models import ConsumerPlace, SkippedFact
from porch.engine.facts.noting import note
from porch.kit.refusals import Conflict, NotFound


class ConsumerHasMovedOn(Conflict):
    text = _("It does not stand at this fact any more.")
    hint = _("Look at where it is now.")


@transaction.atomic
def retry_consumer(*, consumer: str, by_id: int, at: datetime) -> ConsumerPlace:
    """Let a consumer that fails try again at once. It stays where it is, so there is no fact to note."""
    place = find(consumer)
    place.failures = 0
    place.save(update_fields=["failures"])
    record(RETRIED, by_id=by_id, at=at)
    return place


@transaction.atomic
def skip_fact(*, consumer: str, fact_id: int, by_id: int, at: datetime) -> SkippedFact:
    """Let a consumer pass over the one fact that it fails at."""
    place = find(consumer)
    if place.stuck_at != fact_id or place.heard >= fact_id:
        raise ConsumerHasMovedOn
    skipped = SkippedFact.objects.create(
        consumer=consumer,
        stream=place.stream,
        fact=fact_id,
        error=place.error,
        skipped_at=at,
        skipped_by_id=by_id,
    )
    place.heard, place.stuck_at, place.failures = fact_id, None, 0
    place.save(update_fields=["heard", "stuck_at", "failures"])
    record(SKIPPED, by_id=by_id, at=at, fact_id=fact_id)
    note(FactSkipped(skip_id=skipped.pk, fact_id=fact_id, by_person_id=by_id, at=at))
    return skipped


def find(consumer: str) -> ConsumerPlace:
    """Find a consumer's place, and lock it."""
    place = ConsumerPlace.objects.select_for_update().filter(pk=consumer).first()
    if place is None:
        raise NotFound
    return place
