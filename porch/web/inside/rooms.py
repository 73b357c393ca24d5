"""The rooms of those who look after the community; each opens to whoever has its right."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from porch.community.requests.ours import DECIDE_REQUESTS
from porch.community.roles.rights import Right
from porch.kit.refusals import Text


@dataclass(frozen=True, slots=True)
class Room:
    """A page inside: the name of its address, its title, what one finds there, and the right that opens it."""

    url: str
    title: Text
    what: Text
    right: Right


STEWARD_ROOMS: tuple[Room, ...] = (
    Room(
        "requests", _("Requests to join"), _("who wants in, and what each of them waits for"), DECIDE_REQUESTS
    ),
)
