"""Slots: places that a lower part leaves open on its pages, for higher parts to fill.

The lower part declares a slot and never learns who fills it; ``docs/map.md`` lists them all.
"""

from collections.abc import Callable

from django.http import HttpRequest
from markupsafe import Markup

Filling = Callable[[HttpRequest], Markup | None]


class Slot:
    """A named place on a page. Each filling gets the request and gives ready markup, or None for nothing."""

    known: dict[str, "Slot"] = {}

    def __init__(self, name: str) -> None:
        if name in self.known:
            raise ValueError(f"the slot {name!r} is declared twice")
        self.name = name
        self.fillings: list[Filling] = []
        self.known[name] = self

    def fill(self, filling: Filling) -> Filling:
        """Add a filling, once; usable as a decorator."""
        if filling not in self.fillings:
            self.fillings.append(filling)
        return filling

    def render(self, request: HttpRequest) -> Markup:
        """Render all fillings, in the order in which they were added."""
        return Markup("").join(markup for filling in self.fillings if (markup := filling(request)))
