"""Rights: a closed list, each declared once beside the verbs that ask for it, in plain language."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from porch.community.roles.reads import STEWARD
from porch.kit.refusals import Text


@dataclass(frozen=True, slots=True)
class Right:
    """What one may do. ``name`` is kept in rows and never changes; ``text`` goes on after "may"."""

    name: str
    text: Text
    # Which roles of a new house have it: "steward", "member". The owner has every right.
    given_to: tuple[str, ...] = ()


RIGHTS: dict[str, Right] = {}


def declare(name: str, text: Text, *given_to: str) -> Right:
    """Add a right to the list of all. Raises ``ValueError`` for a name that is taken."""
    if name in RIGHTS:
        raise ValueError(f"the right {name!r} is declared twice")
    RIGHTS[name] = Right(name, text, given_to)
    return RIGHTS[name]


MANAGE_ROLES = declare("manage-roles", _("make roles, and give and take them"))
MANAGE_CIRCLES = declare("manage-circles", _("make circles, change them and close them"), STEWARD)
