"""The rooms of those who look after the community; each opens to whoever has its right."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from porch.community.invites.rules import INVITE, SEE_GRAPH
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
    Room("invites", _("Invitations"), _("links and letters by which people come in"), INVITE),
    Room("invite-graph", _("Who brought whom"), _("and how those who came are doing"), SEE_GRAPH),
)
