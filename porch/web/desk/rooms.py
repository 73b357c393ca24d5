"""The rooms behind the engine room's door, in the order in which an operator looks in."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Room:
    """A page of the desk: the name of its address, its title, and what one finds there."""

    url: str
    title: Promise
    what: Promise


ROOMS: tuple[Room, ...] = (
    Room(
        "desk-promises",
        _("Promises"),
        _("What is owed, to whom and by when, and whether it was kept. Make one, keep it, take it back."),
    ),
    Room("audit", _("Audit"), _("What operators did, to whom, when and why.")),
    Room(
        "erasures", _("Erasures"), _("Take somebody out of every table, and read what went and what stayed.")
    ),
)
