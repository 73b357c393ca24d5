"""What the desk shows of facts and of those who hear them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from porch.engine.facts.consuming import Consumer
from porch.engine.facts.models import ConsumerPlace, SkippedFact
from porch.engine.facts.pull import TABLES, newest

MOST_SKIPPED = 20


@dataclass(frozen=True, slots=True)
class SeenConsumer:
    """A consumer as it is shown. ``behind`` counts ids; ``is_listed`` is false for one that the code has no more."""

    name: str
    stream: str
    heard: int
    behind: int
    stuck_at: int | None
    failures: int
    failed_at: datetime | None
    error: str
    trace: str
    is_listed: bool
    has_begun: bool


def see_streams() -> dict[str, int]:
    """Give the newest fact of each stream."""
    return {stream: newest(stream) for stream in TABLES}


def see_consumers(consumers: Sequence[Consumer], ends: dict[str, int]) -> list[SeenConsumer]:
    """Give the consumers by name, with how far they are from these ends of the streams."""
    listed = {each.name: each for each in consumers}
    places = {each.consumer: each for each in ConsumerPlace.objects.all()}
    new = [
        ConsumerPlace(consumer=each.name, stream=each.stream) for each in consumers if each.name not in places
    ]
    return sorted(
        (
            seen(each, ends, each.consumer in listed, each.consumer in places)
            for each in [*places.values(), *new]
        ),
        key=lambda each: (each.stuck_at is None, each.name),
    )


def see_consumer(consumer: str) -> SeenConsumer | None:
    """Give one consumer that has begun, if there is one of this name."""
    place = ConsumerPlace.objects.filter(pk=consumer).first()
    return seen(place, see_streams(), True, True) if place else None


def seen(place: ConsumerPlace, ends: dict[str, int], is_listed: bool, has_begun: bool) -> SeenConsumer:
    """Write a consumer as it is shown."""
    lines = place.error.strip().splitlines() if place.stuck_at else []
    return SeenConsumer(
        name=place.consumer,
        stream=place.stream,
        heard=place.heard,
        behind=max(0, ends.get(place.stream, 0) - place.heard),
        stuck_at=place.stuck_at,
        failures=place.failures,
        failed_at=place.failed_at,
        error=lines[-1][:300] if lines else "",
        trace=place.error,
        is_listed=is_listed,
        has_begun=has_begun,
    )


def stuck_consumers() -> int:
    """Count the consumers that fail."""
    return ConsumerPlace.objects.filter(stuck_at__isnull=False).count()


def see_skipped() -> list[SkippedFact]:
    """Give the facts that were skipped last."""
    return list(SkippedFact.objects.order_by("-pk").defer("error")[:MOST_SKIPPED])
