"""The rooms of those who look after the community; each opens to whoever has its right."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from porch.community.leaving.ours import EDIT_CHARTER, READ_EXIT_ANSWERS
from porch.community.removal.ours import REMOVE_MEMBERS
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
        "removals",
        _("Removals"),
        _("Who was removed, why and until when, and how to lift it."),
        REMOVE_MEMBERS,
    ),
    Room("exit-answers", _("Why people left"), _("What they said, without names."), READ_EXIT_ANSWERS),
    Room("leaving-terms", _("The charter on leaving"), _("What becomes of what leavers made."), EDIT_CHARTER),
)
