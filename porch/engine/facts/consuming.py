"""Consumers of facts: each hears every fact of a stream in order, after commit, at least once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from porch.engine.facts.pull import Pulled, Stream


@dataclass(frozen=True, slots=True)
class Consumer:
    """Whoever goes on from facts. ``hear`` writes rows or enqueues jobs, and is safe to call twice with one fact.

    What it writes and its place move in one transaction, which it shares with other facts: it is quick, and sends
    nothing. Facts of a kind that it does not know it lets pass; ``kinds`` names those it wants to hear at all, where
    it does not want all. A consumer that is new begins with the ``first`` fact there is, or with those noted from
    ``now`` on.
    """

    name: str
    stream: Stream
    hear: Callable[[Pulled], None]
    kinds: tuple[str, ...] = ()
    begins: Literal["first", "now"] = "first"
