"""Do the same for many things, none of which suffers from another that fails."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")
log = logging.getLogger("porch")


def each_apart(many: Iterable[T], do: Callable[[T], R]) -> list[R]:
    """Do something for each, and give the outcomes. Raises the first error after all have had their turn."""
    outcomes: list[R] = []
    first: Exception | None = None
    for each in many:
        try:
            outcomes.append(do(each))
        except Exception as error:
            if first is not None:
                log.exception("%s failed too", each)
            first = first or error
    if first is not None:
        raise first
    return outcomes
