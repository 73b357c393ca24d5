"""The rooms of those who look after the community; each opens to whoever has its right."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from porch.community.newcomers.rights import WELCOME_NEWCOMERS
from porch.community.profiles.rights import DEFINE_FIELDS
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
    Room("newcomers", _("Newcomers"), _("who is new, and who of them was greeted"), WELCOME_NEWCOMERS),
    Room(
        "first-steps-for-newcomers",
        _("First steps"),
        _("what newcomers are told, and who greets them"),
        WELCOME_NEWCOMERS,
    ),
    Room(
        "profile-fields",
        _("Questions of profiles"),
        _("what members are asked about themselves"),
        DEFINE_FIELDS,
    ),
)
