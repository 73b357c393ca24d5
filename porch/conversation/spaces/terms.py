"""What is said of a space in its form: its words, and who reaches it."""

from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.roles.models import Role
from porch.conversation.spaces.models import Shape, Space
from porch.kit.refusals import BadInput
from porch.kit.text import clean_line

LONGEST_NAME, LONGEST_DESCRIPTION, LONGEST_ICON = 80, 500, 16
LAST_PLACE = 1000


class NoSuchPlace(BadInput):
    text = _("This is no place in the order.")
    hint = _("Choose a number from 0 to %(most)s; smaller comes first.")


class NoSuchShape(BadInput):
    text = _("There is no such way to show what is said.")
    hint = _("Choose one of those that are listed.")


class CircleOrRole(BadInput):
    text = _("A space is for a circle or for a role, not for both.")
    hint = _("Take one of them back. A role of the circle will do for both.")


class GlassIsForAll(BadInput):
    text = _("A glass space is read by anyone, so it cannot be kept to some.")
    hint = _("Open it to every member, neither hidden nor sensitive, or leave out the glass.")


class HiddenFromNobody(BadInput):
    text = _("A space that every member reaches cannot be hidden.")
    hint = _("Choose a circle or a role that it is for.")


@dataclass(frozen=True, slots=True, kw_only=True)
class SpaceTerms:
    """What a space is. Without ``circle`` and ``role`` every member reaches it."""

    name: str
    description: str = ""
    icon: str = ""
    place: int = 100
    circle: Circle | None = None
    role: Role | None = None
    is_hidden: bool = False
    is_glass: bool = False
    is_sensitive: bool = False
    shape: str = Shape.TOPICS

    def as_dict(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


def terms_of(space: Space) -> SpaceTerms:
    """Read the terms that a space has now."""
    return SpaceTerms(**{each.name: getattr(space, each.name) for each in fields(SpaceTerms)})


def clean_terms(terms: SpaceTerms) -> SpaceTerms:
    """Clean what was said of a space, and refuse what none can be."""
    if not 0 <= terms.place <= LAST_PLACE:
        raise NoSuchPlace(most=LAST_PLACE)
    if terms.shape not in Shape.values:
        raise NoSuchShape
    is_for_some = terms.circle is not None or terms.role is not None
    if terms.circle is not None and terms.role is not None:
        raise CircleOrRole
    if terms.is_glass and (is_for_some or terms.is_hidden or terms.is_sensitive):
        raise GlassIsForAll
    if terms.is_hidden and not is_for_some:
        raise HiddenFromNobody
    return SpaceTerms(
        **{
            **terms.as_dict(),
            # The whole community is every member, and is said in one way only.
            "circle": None if terms.circle is not None and terms.circle.is_whole else terms.circle,
            "name": clean_line(terms.name, most=LONGEST_NAME, name=_("name")),
            "description": line(terms.description, most=LONGEST_DESCRIPTION, name=_("description")),
            "icon": line(terms.icon, most=LONGEST_ICON, name=_("icon")),
        }
    )


def line(said: str, *, most: int, name: Any) -> str:
    """Clean a line that may be empty."""
    return clean_line(said, most=most, name=name) if said.strip() else ""
