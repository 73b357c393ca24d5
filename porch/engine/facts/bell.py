"""A bell in this process that says "there are new facts". It carries nothing; who hears it goes and reads."""

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def listen(listener: Callable[[], None]) -> None:
    """Call ``listener`` after every commit of a fact in this process. It must return at once."""
    _listeners.append(listener)


def forget(listener: Callable[[], None]) -> None:
    """Call ``listener`` no more."""
    _listeners.remove(listener)


def ring() -> None:
    """Say that there are new facts."""
    for listener in list(_listeners):
        listener()
