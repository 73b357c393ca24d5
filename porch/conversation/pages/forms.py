"""What a form says of a space, read into terms."""

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import Circle
from porch.community.circles.reads import circles_seen_by
from porch.community.roles.models import Role
from porch.community.roles.reads import MEMBER, RightRow
from porch.conversation.spaces.actions import ShapeStays
from porch.conversation.spaces.models import Shape
from porch.conversation.spaces.terms import (
    LAST_PLACE,
    CircleOrRole,
    GlassIsForAll,
    HiddenFromNobody,
    NoSuchPlace,
    NoSuchShape,
    SpaceTerms,
)
from porch.kit.refusals import BadInput, Refusal, Text
from porch.kit.text import read_number

NAMES = ("name", "description", "icon", "place", "readers", "is_hidden", "is_glass", "is_sensitive", "shape")
FLAGS = ("is_hidden", "is_glass", "is_sensitive")
ALL = "all"
MOST_CHOICES = 500


class NoSuchReaders(BadInput):
    text = _("There is no such circle or role any more.")
    hint = _("Choose one of those that are listed.")


def given_in(form: QueryDict) -> dict[str, str]:
    """Give what was typed, to show it again."""
    return {name: form.get(name, "") for name in NAMES}


def given_by(terms: SpaceTerms) -> dict[str, str]:
    """Write terms as a form shows them."""
    said = {name: str(value) for name, value in terms.as_dict().items()}
    flags = {name: "yes" if getattr(terms, name) else "" for name in FLAGS}
    readers = f"role:{terms.role.pk}" if terms.role else f"circle:{terms.circle.pk}" if terms.circle else ALL
    return {**said, **flags, "readers": readers}


def read_terms(given: dict[str, str], person_id: int, rows: list[RightRow]) -> SpaceTerms:
    """Read terms. Raises ``NoSuchPlace`` and ``NoSuchReaders`` for what is no place and what one may not know of."""
    place = read_number(given["place"] or "100", most_digits=4)
    if place is None:
        raise NoSuchPlace(most=LAST_PLACE)
    circle, role = read_readers(given["readers"], person_id, rows)
    return SpaceTerms(
        name=given["name"],
        description=given["description"],
        icon=given["icon"],
        place=place,
        circle=circle,
        role=role,
        shape=given["shape"] or Shape.TOPICS,
        **{name: given[name] == "yes" for name in FLAGS},
    )


def read_readers(said: str, person_id: int, rows: list[RightRow]) -> tuple[Circle | None, Role | None]:
    """Read for whom a space is: everyone, those in a circle, or those who have a role."""
    kind, _colon, digits = said.partition(":")
    number = read_number(digits)
    if said == ALL:
        return None, None
    if kind == "circle" and number is not None:
        circle = circles_seen_by(person_id, rows).filter(pk=number).first()
        if circle is not None:
            return circle, None
    if kind == "role" and number is not None:
        role = roles_seen_by(person_id, rows).filter(pk=number).first()
        if role is not None:
            return None, role
    raise NoSuchReaders


def choices(person_id: int, rows: list[RightRow]) -> list[tuple[str, Text]]:
    """List for whom a space may be."""
    circles = circles_seen_by(person_id, rows).filter(is_whole=False).order_by("name", "pk")[:MOST_CHOICES]
    roles = roles_seen_by(person_id, rows).order_by("circle__is_whole", "circle__name", "name", "pk")
    return [
        (ALL, _("Every member")),
        *((f"circle:{each.pk}", each.name) for each in circles),
        *((f"role:{each.pk}", f"{each.name} ({each.circle.name})") for each in roles[:MOST_CHOICES]),
    ]


def roles_seen_by(person_id: int, rows: list[RightRow]) -> Any:
    """Select the roles that are held by name, in circles of which somebody may know."""
    known = circles_seen_by(person_id, rows).values("pk")
    return Role.objects.exclude(key=MEMBER).filter(circle__in=known).select_related("circle")


def field_at_fault(refusal: Refusal | None) -> str | None:
    """Name the field that a refusal is about, if it is about one."""
    if refusal is None:
        return None
    for name, word in (("description", _("description")), ("icon", _("icon"))):
        if refusal.values.get("name") == word:
            return name
    return AT_FAULT.get(type(refusal), "name" if "name" in refusal.values else None)


AT_FAULT: dict[type[Refusal], str] = {
    NoSuchPlace: "place",
    NoSuchReaders: "readers",
    NoSuchShape: "shape",
    ShapeStays: "shape",
    CircleOrRole: "readers",
    GlassIsForAll: "is_glass",
    HiddenFromNobody: "is_hidden",
}
