"""What is said of a circle in its form, the whole community's too: its words, and how one comes in."""

from dataclasses import dataclass, fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle, WayIn
from porch.kit.refusals import BadInput, Conflict
from porch.kit.text import clean_line

LONGEST_NAME, LONGEST_DESCRIPTION = 80, 500
MOST_VOUCHES, HIGHEST_CEILING = 20, 1_000_000


class NoSuchWayIn(BadInput):
    text = _("There is no such way in.")
    hint = _("Choose one of those that are listed.")


class NotAsManyVouches(BadInput):
    text = _("This number of vouches cannot be asked for.")
    hint = _("Choose a number from 0 to %(most)s.")


class NoSuchCeiling(BadInput):
    text = _("This cannot be the ceiling.")
    hint = _("Choose a number from 1 to %(most)s, or leave it empty for no ceiling.")


class TheWholeIsSeen(Conflict):
    text = _("The whole community cannot be hidden.")
    hint = _("Hide a circle in it instead.")


@dataclass(frozen=True, slots=True, kw_only=True)
class CircleTerms:
    """What a circle is and how one comes in. ``ceiling`` None takes any number."""

    name: str
    description: str = ""
    way_in: str = WayIn.INVITE
    is_hidden: bool = False
    vouches: int = 0
    ceiling: int | None = None

    def as_dict(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self)}


def terms_of(circle: Circle) -> CircleTerms:
    """Read the terms that a circle has now."""
    return CircleTerms(**{each.name: getattr(circle, each.name) for each in fields(CircleTerms)})


def clean_terms(terms: CircleTerms, *, is_whole: bool = False) -> CircleTerms:
    """Clean what was said of a circle, and refuse what no circle can be."""
    said = terms.description
    if terms.way_in not in WayIn.values:
        raise NoSuchWayIn
    if not 0 <= terms.vouches <= MOST_VOUCHES:
        raise NotAsManyVouches(most=MOST_VOUCHES)
    if terms.ceiling is not None and not 1 <= terms.ceiling <= HIGHEST_CEILING:
        raise NoSuchCeiling(most=HIGHEST_CEILING)
    if terms.is_hidden and is_whole:
        raise TheWholeIsSeen
    return CircleTerms(
        name=clean_line(terms.name, most=LONGEST_NAME, name=_("name")),
        description=clean_line(said, most=LONGEST_DESCRIPTION, name=_("description")) if said.strip() else "",
        way_in=terms.way_in,
        is_hidden=terms.is_hidden,
        vouches=terms.vouches,
        ceiling=terms.ceiling,
    )
