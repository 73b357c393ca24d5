"""The rooms of those who look after the community; each opens to whoever has its right."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from porch.community.roles.rights import Right
from porch.community.tiers.rights import MANAGE_TIERS
from porch.kit.refusals import Text


@dataclass(frozen=True, slots=True)
class Room:
    """A page inside: the name of its address, its title, what one finds there, and the right that opens it."""

    url: str
    title: Text
    what: Text
    right: Right


STEWARD_ROOMS: tuple[Room, ...] = (
    Room("tiers", _("Tiers"), _("what each costs and opens, and how many have it"), MANAGE_TIERS),
    Room("renewals", _("Renewals"), _("what is due, in grace or lapsed, and payments"), MANAGE_TIERS),
)
