"""The rooms behind the engine room's door, in the order in which an operator looks in."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Room:
    """A page of the desk: the name of its address, its title, and what one finds there."""

    url: str
    title: Promise | str
    what: Promise | str


ROOMS: tuple[Room, ...] = (
    Room("mails", _("Mail"), _("What was sent, to whom, on what grounds, and what became of it.")),
    Room(
        "consent-register", _("Consent"), _("What people agree to, in which words, and how many stand on it.")
    ),
    Room("suppression", _("Suppression"), _("Whether an address is not written to, why, and since when.")),
)
