"""The audit as pages show it: in words, with names."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from porch.engine.audit.acts import Act, declare
from porch.engine.audit.models import AuditEntry
from porch.engine.audit.reads import names_in, text_of
from porch.engine.audit.recording import record
from porch.people.identity.names import names_of

TAKEN = declare(Act("audit-taken", gettext_lazy("Took the audit along as a file")))


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words. ``about`` is empty where it is about nobody, ``about_id`` where they are gone."""

    id: int
    at: datetime
    act: str
    name: str
    version: int
    by: str
    by_id: int | None
    about: str
    about_id: int | None
    reason: str
    ids: Mapping[str, int]


@transaction.atomic
def take_audit(*, by_id: int, at: datetime) -> AuditEntry:
    """Write down that somebody takes the audit along: whoever has the file has it for good."""
    return record(TAKEN, by_id=by_id, at=at)


def lines_of(found: list[AuditEntry], *, asks: int | None = None) -> list[Line]:
    """Put entries into words, for somebody who asks or for a file; names take one query."""
    names = names_of(names_in(found))
    return [line(entry, names, asks) for entry in found]


def line(entry: AuditEntry, names: Mapping[int, str], asks: int | None) -> Line:
    """Put one entry into words."""
    return Line(
        id=entry.pk,
        at=entry.at,
        act=str(text_of(entry)),
        name=entry.act,
        version=entry.version,
        by=named(entry.by_id, names, asks) if entry.is_by_person else _("the command line"),
        by_id=entry.by_id,
        about=named(entry.about_id, names, asks) if entry.is_about_person else "",
        about_id=entry.about_id,
        reason=entry.reason,
        ids=entry.ids,
    )


def named(person_id: int | None, names: Mapping[int, str], asks: int | None) -> str:
    """Give a name, ``you`` for whoever asks, and words for somebody who is gone."""
    if person_id is not None and person_id == asks:
        return _("you")
    return names.get(person_id or 0) or _("somebody who is gone")
