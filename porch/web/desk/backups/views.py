from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from porch.kit.text import size_in_words
from porch.kit.time import now
from porch.people.doors import SignedInRequest, operators
from porch.web.backups.keeping import BEFORE_UPGRADE, NIGHTLY, kept_in, read_state
from porch.web.desk.backups import actions
from porch.web.desk.backups.actions import ask_for_backup, folder_of, last_asked, take_backup
from porch.web.settings.options import Options

KINDS = {NIGHTLY: _("nightly"), BEFORE_UPGRADE: _("before an upgrade"), "porch": _("asked for")}


@dataclass(frozen=True, slots=True)
class Line:
    """A backup as the page shows it."""

    name: str
    kind: object
    at: datetime
    size: str
    is_verified: bool
    can_be_fetched: bool


@operators
@require_safe
def show_backups(request: HttpRequest) -> HttpResponse:
    """Which backups there are, how the last ones went, and how to restore one."""
    options: Options = settings.OPTIONS
    folder, state = options.backup_folder, read_state(options.data)
    shown = {
        "lines": list(lines(options)),
        "folder": folder,
        "state": state,
        "failed_at": datetime.fromisoformat(state.failed_at) if state.failed_at else None,
        "asked": last_asked(),
    }
    return render(request, "desk/backups/backups.html", shown)


def lines(options: Options) -> Iterator[Line]:
    """List the backups, newest first. A folder that cannot be read holds none; the doctor says why."""
    verified = read_state(options.data).verified
    try:
        kept = kept_in(folder_of(options))
    except OSError:
        return
    for each in kept:
        name, size = each.path.name, each.size
        yield Line(
            name, KINDS[each.kind], each.at, size_in_words(size), name in verified, size <= actions.MOST_BYTES
        )


@operators
@require_POST
def make_backup(request: SignedInRequest) -> HttpResponse:
    """Have the worker make a backup, unless one is under way."""
    ask_for_backup(by=request.user, at=now())
    return redirect("backups")


@operators.recently  # An archive is everything there is.
@require_safe
def download_backup(request: SignedInRequest, name: str) -> FileResponse:
    """Hand an archive over."""
    taken = take_backup(name=name, options=settings.OPTIONS, by_id=request.user.pk, at=now())
    answer = FileResponse(taken.path.open("rb"), as_attachment=True, content_type="application/x-tar")
    answer["Cache-Control"] = "no-store"
    return answer
