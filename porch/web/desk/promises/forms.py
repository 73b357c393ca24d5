"""What the form for a promise means: to whom, by when, and sent how often."""

import re
from datetime import UTC, datetime

from django.utils.translation import gettext_lazy as _

from porch.engine.promises.actions import DueInThePast, DueTooFarAhead
from porch.engine.promises.kinds import EVERYONE, MEMBERS, READERS, Whom
from porch.kit.refusals import BadInput, Refusal
from porch.kit.text import LineIsEmpty, LineIsNotPlain, LineIsTooLong
from porch.people.identity.names import find_person

WHOM = [
    ("members", _("The members")),
    ("readers", _("The readers")),
    ("everyone", _("Everyone")),
    ("person", _("One person, named below")),
]
ONCE = re.compile(r"[A-Za-z0-9_-]{20,80}")


class NobodyOfThatName(BadInput):
    text = _("Nobody here has this address or number.")
    hint = _("Write the address with which they sign in.")


class NotATime(BadInput):
    text = _("This is not a day and a time.")
    hint = _("Write it as 2026-12-31T18:00.")


def read_whom(to: str, person: str) -> Whom:
    """Turn what was chosen into whom it is owed to."""
    if to == "person":
        found = find_person(person)
        if found is None:
            raise NobodyOfThatName
        return Whom("person", found.pk)
    whom = {"members": MEMBERS, "readers": READERS, "everyone": EVERYONE}.get(to)
    if whom is None:
        raise BadInput
    return whom


def read_time(text: str) -> datetime:
    """Read a day and a time as a browser sends it, in UTC."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=UTC)
    except ValueError as error:
        raise NotATime from error


def key_of(once: str) -> str | None:
    """Make the key that lets a form sent twice promise once."""
    return f"form:{once.lower().replace('_', '.')}" if ONCE.fullmatch(once) else None


def field_at_fault(refusal: Refusal | None) -> str:
    """Name the field that a refusal is about, if it is about one."""
    if isinstance(refusal, NobodyOfThatName):
        return "person"
    if isinstance(refusal, (DueInThePast, DueTooFarAhead, NotATime)):
        return "due"
    return "text" if isinstance(refusal, (LineIsEmpty, LineIsTooLong, LineIsNotPlain)) else ""
