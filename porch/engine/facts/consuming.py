"""Consumers of facts: each hears every fact of a stream in order, after commit, at least once."""

from collections.abc import Callable
from dataclasses import dataclass

from porch.engine.facts.pull import Pulled, Stream


@dataclass(frozen=True, slots=True)
class Consumer:
    """Whoever goes on from facts. ``hear`` writes rows or enqueues jobs, and is safe to call twice with one fact."""

    name: str
    stream: Stream
    hear: Callable[[Pulled], None]
