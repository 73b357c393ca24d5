from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from porch.engine.audit.acts import ACTS
from porch.engine.audit.models import AuditEntry
from porch.engine.audit.reads import actors, entries, page_of
from porch.kit.paging import neighbours, page_number
from porch.kit.time import now
from porch.people.doors import SignedInRequest, operators
from porch.people.identity.names import find_person, names_of
from porch.web.audit import Line, lines_of, take_audit
from porch.web.desk.audit.files import as_csv

BY_LINE = "command-line"
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Filter:
    """What was asked for, as it was typed, and the entries that fit it."""

    by: str
    act: str
    about: str
    found: QuerySet[AuditEntry]

    @property
    def is_set(self) -> bool:
        return bool(self.by or self.act or self.about)


@operators
def show_audit(request: SignedInRequest) -> HttpResponse:
    """What was done here, by whom, to whom and why."""
    wanted, number = read_filter(request), page_number(request)
    page, has_more = page_of(wanted.found, number)
    names = sorted(names_of(actors()).items(), key=lambda each: each[1])
    acts = sorted(((act.name, str(act.text)) for act in ACTS.values()), key=lambda each: each[1])
    shown = {
        "wanted": wanted,
        "entries": lines_of(page, asks=request.user.pk),
        "people": [
            ("", _("Anyone")),
            (BY_LINE, _("The command line")),
            *((str(pk), name) for pk, name in names),
        ],
        "acts": [("", _("Anything")), *acts],
        "query": request.GET.urlencode(),
        **neighbours(request, number, has_more=has_more),
    }
    return render(request, "desk/audit/audit.html", shown)


@operators.recently
@require_safe
def download_audit(request: SignedInRequest) -> StreamingHttpResponse:
    """Give the same entries as a file, all of them up to this moment."""
    taken = take_audit(by_id=request.user.pk, at=now())
    lines = all_lines(read_filter(request).found, taken.pk)
    headers = {"Content-Disposition": 'attachment; filename="audit.csv"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(as_csv(lines), content_type="text/csv; charset=utf-8", headers=headers)


def all_lines(found: QuerySet[AuditEntry], last: int) -> Iterator[Line]:
    """Read entries before ``last`` in chunks, newest first: a long audit takes no more memory than a short one."""
    while chunk := list(found.filter(pk__lt=last)[:CHUNK]):
        yield from lines_of(chunk)
        last = chunk[-1].pk


def read_filter(request: HttpRequest) -> Filter:
    """Read what was asked for; somebody whom nobody knows has done nothing, and nothing was done to them."""
    by, act, about = (request.GET.get(name, "").strip() for name in ("by", "act", "about"))
    actor = find_person(by) if by and by != BY_LINE else None
    subject = find_person(about) if about else None
    found = entries(
        by_line=by == BY_LINE,
        by_id=actor.pk if actor else None,
        about_id=subject.pk if subject else None,
        act=act if act in ACTS else "",
    )
    knows_nobody = (by and by != BY_LINE and actor is None) or (about and subject is None)
    return Filter(by, act, about, found.none() if knows_nobody or (act and act not in ACTS) else found)
