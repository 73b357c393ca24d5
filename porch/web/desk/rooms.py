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
    Room("backups", _("Backups"), _("One file with everything, every night, and how to restore it.")),
    Room("doctor", _("Doctor"), _("How this installation is, and what would help.")),
)
