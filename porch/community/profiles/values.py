"""What may be answered to each kind of field, how it is kept, and under which words it is found."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from porch.community.profiles.hours import hours_of_form, read_hours, slots
from porch.community.profiles.models import MOST_VALUE, Kind, ProfileField
from porch.kit.markdown.limits import clean_source
from porch.kit.refusals import BadInput
from porch.kit.text import LineIsTooLong, clean_line, fold

MOST_LINE, MOST_LINK, MOST_TAG, MOST_TAGS, MOST_TERM = 200, 300, 40, 20, 80
MOST_START, MOST_WORDS = 12, 8
APART = re.compile(r"[\s\-'\u2019.,;:/()&+\"]+")


class ChoiceIsUnknown(BadInput):
    text = _("This is not one of the choices.")


class TooManyInterests(BadInput):
    text = _("There are %(count)s interests; at most %(most)s fit.")
    hint = _("Name those that you would like to be found by.")


class LinkIsNotOne(BadInput):
    text = _("This is no address of a page.")
    hint = _("It begins with https:// and names a site.")


class DayIsNotOne(BadInput):
    text = _("There is no such day.")
    hint = _("Choose a month and a day that it has.")


def clean(field: ProfileField, given: Mapping[str, str]) -> str:
    """Return an answer as it is kept, empty for none. ``given`` has one text, or those of a form of several."""
    if field.kind == Kind.HOURS:
        hours = hours_of_form(given)
        return str(hours) if hours else ""
    if field.kind == Kind.DAY:
        return clean_day(given.get("month", ""), given.get("day", ""))
    text = given.get("", "")
    if not text.strip():
        return ""
    if field.kind == Kind.CHOICE:
        if text not in field.options:
            raise ChoiceIsUnknown
        return text
    if field.kind == Kind.TEXT:
        return clean_text(text, field.title)
    if field.kind == Kind.INTERESTS:
        return ", ".join(clean_interests(text))
    if field.kind == Kind.LINK:
        return clean_link(text)
    return clean_line(text, most=MOST_TAG * 2 if field.kind == Kind.PLACE else MOST_LINE, name=field.title)


def clean_text(text: str, title: str) -> str:
    """Return a text of several lines."""
    text = clean_source(text).strip()
    if len(text) > MOST_VALUE:
        raise LineIsTooLong(name=title, length=len(text), most=MOST_VALUE)
    return text


def clean_interests(text: str) -> list[str]:
    """Return interests, each once, as they stand with commas or lines between."""
    found: dict[str, str] = {}
    for each in re.split(r"[,;\n]", text[: 2 * MOST_VALUE]):
        if each.strip(" #\r\t"):
            tag = clean_line(each.strip(" #\r\t"), most=MOST_TAG, name=_("interest"))
            found.setdefault(fold(tag), tag)
    if len(found) > MOST_TAGS:
        raise TooManyInterests(count=len(found), most=MOST_TAGS)
    return list(found.values())


def clean_link(text: str) -> str:
    """Return the address of a page on the web."""
    link = clean_line(text, most=MOST_LINK, name=_("link"))
    try:
        parts = urlsplit(link)
        is_one = parts.scheme in ("http", "https") and parts.hostname and not parts.username
    except ValueError:
        is_one = False
    if not is_one or " " in link:
        raise LinkIsNotOne
    return link


def clean_day(month: str, day: str) -> str:
    """Return a day of the year as month and day; the 29th of February is one."""
    if not month.strip() and not day.strip():
        return ""
    try:
        return f"{date(2000, int(month[:2]), int(day[:2])):%m-%d}"
    except ValueError as error:
        raise DayIsNotOne from error


def terms(kind: str, value: str, at: datetime) -> set[str]:
    """Give the words under which an answer is found; most kinds have none, and a mark alone folds to nothing."""
    return {each for each in raw_terms(kind, value, at) if each}


def raw_terms(kind: str, value: str, at: datetime) -> set[str]:
    """Give the words of an answer, by its kind; some may be empty."""
    if kind == Kind.HOURS:
        return {str(slot) for slot in slots(read_hours(value), at)}
    if kind == Kind.CHOICE:
        return {term(value)}
    if kind == Kind.INTERESTS:
        return {each for tag in value.split(", ") for each in (term(tag), *words(tag))}
    return set(words(value)) if kind == Kind.PLACE else set()


def term(text: str) -> str:
    """Fold a whole interest or choice for the search."""
    return " ".join(fold(text).split())[:MOST_TERM]


def words(text: str) -> list[str]:
    """Take a text apart into its folded words."""
    return [each[:MOST_TERM] for each in APART.split(fold(text)) if each]


def starts(name: str) -> set[str]:
    """Give every beginning of every word of a name."""
    found = words(name)[:MOST_WORDS]
    return {word[:length] for word in found for length in range(1, min(len(word), MOST_START) + 1)}
