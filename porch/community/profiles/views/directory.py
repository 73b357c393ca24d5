from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _

from porch.community.membership.rules import members
from porch.community.profiles.hours import Hours, slot_at, slots
from porch.community.profiles.models import Kind, ProfileField
from porch.community.profiles.reads import hours_of, live_fields, people
from porch.community.profiles.rights import SEE_FOR_STEWARDS
from porch.community.profiles.search import NEWEST, Filter, by_name, by_terms, find, seen_by
from porch.community.profiles.values import MOST_START, MOST_WORDS, term, words
from porch.community.roles.rules import may
from porch.kit.refusals import NotFound
from porch.kit.time import now
from porch.people.doors import SignedInRequest

MOST = 200
MINE, NOW = "mine", "now"


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody seeks, as it was typed."""

    name: str
    interest: str
    place: str
    hours: str
    choices: dict[int, str]


@members
def show_directory(request: SignedInRequest) -> HttpResponse:
    """Find members by name, interest, place and hours; a page of them, newest first."""
    at = now()
    fields = list(live_fields())
    seen = seen_by(for_stewards=may(request.user.pk, SEE_FOR_STEWARDS))
    sought = sought_in(request.GET, fields)
    mine = hours_of(request.user.pk) if sought.hours == MINE else None
    found = find(filters_of(sought, seen, mine, at), before=below(request.GET))
    shown = {
        "people": people(found.ids, seen),
        "sought": sought,
        "seeks": any((sought.name, sought.interest, sought.place, sought.hours, sought.choices)),
        "lacks_hours": sought.hours == MINE and mine is None,
        "kinds": {each.kind for each in fields},
        "choice_fields": [(each, choices_of(each)) for each in fields if each.kind == Kind.CHOICE],
        "first": address(request.GET, 0) if "below" in request.GET else "",
        "next": address(request.GET, found.goes_on_below) if found.goes_on_below else "",
    }
    return render(request, "community/profiles/directory.html", shown)


def sought_in(query: QueryDict, fields: list[ProfileField]) -> Sought:
    """Read what is sought; of too long a text the beginning counts."""
    texts = {name: query.get(name, "")[:MOST].strip() for name in ("name", "interest", "place", "hours")}
    chosen = {each.pk: query.get(f"f{each.pk}", "") for each in fields if each.kind == Kind.CHOICE}
    texts["hours"] = texts["hours"] if texts["hours"] in (MINE, NOW) else ""
    return Sought(**texts, choices={pk: value[:MOST] for pk, value in chosen.items() if value})


def filters_of(sought: Sought, seen: list[str], mine: Hours | None, at: datetime) -> list[Filter]:
    """Make the filters that somebody's words amount to."""
    found = [by_name(each[:MOST_START]) for each in words(sought.name)[:MOST_WORDS]]
    if term(sought.interest):
        found.append(by_terms(Kind.INTERESTS, [term(sought.interest)], seen))
    found += [by_terms(Kind.PLACE, [each], seen) for each in words(sought.place)[:MOST_WORDS]]
    found += [by_terms(Kind.CHOICE, [term(value)], seen, field=pk) for pk, value in sought.choices.items()]
    if sought.hours == NOW:
        found.append(by_terms(Kind.HOURS, [str(slot_at(at))], seen))
    elif mine is not None:
        found.append(by_terms(Kind.HOURS, [str(each) for each in sorted(slots(mine, at))], seen))
    return found


def choices_of(field: ProfileField) -> list[tuple[str, str]]:
    """Give what may be sought of a field of choices."""
    return [("", _("any")), *((each, each) for each in field.options)]


def below(query: QueryDict) -> int:
    """Read where a page begins."""
    text = query.get("below", str(NEWEST))
    if not text.isascii() or not text.isdigit() or not 1 <= len(text) <= 19 or not 1 <= int(text) <= NEWEST:
        raise NotFound
    return int(text)


def address(query: QueryDict, goes_on_below: int) -> str:
    """Write the address of another page of what was sought."""
    query = query.copy()
    query.pop("below", None)
    if goes_on_below:
        query["below"] = str(goes_on_below)
    return "?" + query.urlencode()
