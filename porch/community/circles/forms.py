"""What a form says of a circle, read into terms."""

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from porch.community.circles.models import WayIn
from porch.community.circles.terms import (
    HIGHEST_CEILING,
    MOST_VOUCHES,
    CircleTerms,
    NoSuchCeiling,
    NoSuchWayIn,
    NotAsManyVouches,
    TheWholeIsSeen,
)
from porch.kit.refusals import Refusal
from porch.kit.text import read_number

WAYS = [(way.value, way.label) for way in WayIn]
NAMES = ("name", "description", "way_in", "is_hidden", "vouches", "ceiling")


def given_in(form: QueryDict) -> dict[str, str]:
    """Give what was typed, to show it again."""
    return {name: form.get(name, "") for name in NAMES}


def given_by(terms: CircleTerms) -> dict[str, str]:
    """Write terms as a form shows them."""
    said = {name: str(value) for name, value in terms.as_dict().items()}
    ceiling = "" if terms.ceiling is None else str(terms.ceiling)
    return {**said, "ceiling": ceiling, "is_hidden": "yes" if terms.is_hidden else ""}


def read_terms(given: dict[str, str]) -> CircleTerms:
    """Read terms. Raises ``NotAsManyVouches`` and ``NoSuchCeiling`` for what is no number."""
    vouches = read_number(given["vouches"] or "0", most_digits=9)
    ceiling = read_number(given["ceiling"], most_digits=9) if given["ceiling"].strip() else None
    if vouches is None:
        raise NotAsManyVouches(most=MOST_VOUCHES)
    if ceiling is None and given["ceiling"].strip():
        raise NoSuchCeiling(most=HIGHEST_CEILING)
    return CircleTerms(
        name=given["name"],
        description=given["description"],
        way_in=given["way_in"],
        is_hidden=given["is_hidden"] == "yes",
        vouches=vouches,
        ceiling=ceiling,
    )


def field_at_fault(refusal: Refusal | None) -> str | None:
    """Name the field that a refusal is about, if it is about one."""
    if refusal is None:
        return None
    if refusal.values.get("name") == _("description"):
        return "description"
    return AT_FAULT.get(type(refusal), "name" if "name" in refusal.values else None)


AT_FAULT: dict[type[Refusal], str] = {
    NotAsManyVouches: "vouches",
    NoSuchCeiling: "ceiling",
    NoSuchWayIn: "way_in",
    TheWholeIsSeen: "is_hidden",
}
