from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from porch.engine.audit.recording import record
from porch.kit.locks import take_turns
from porch.kit.refusals import NotFound, Refusal
from porch.kit.time import now
from porch.people.doors import SignedInRequest, operators
from porch.web.backups.acts import ASKED_FOR, TAKEN
from porch.web.backups.jobs import back_up_now
from porch.web.backups.keeping import BEFORE_UPGRADE, NIGHTLY, kept_in, read_state
from porch.web.settings.options import Options

# An answer is collected before it is sent, so what is larger has to be fetched from the machine.
MOST_BYTES = 50_000_000
KINDS = {NIGHTLY: _("nightly"), BEFORE_UPGRADE: _("before an upgrade"), "porch": _("asked for")}
UNDER_WAY = (TaskResultStatus.READY, TaskResultStatus.RUNNING)


class BackupIsLarge(Refusal):
    status = 413
    text = _("This backup is too large to be fetched by the browser.")
    hint = _("Copy it from the machine: its path stands on the page of backups.")


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
        "is_under_way": jobs_under_way(),
        "is_asked": "asked" in request.GET,
    }
    return render(request, "desk/backups/backups.html", shown)


def lines(options: Options) -> Iterator[Line]:
    """List the backups, newest first. A folder that cannot be read holds none; the doctor says why."""
    verified = read_state(options.data).verified
    try:
        kept = kept_in(options.backup_folder or options.data / "backups")
    except OSError:
        return
    for each in kept:
        name, size = each.path.name, each.size
        yield Line(name, KINDS[each.kind], each.at, in_words(size), name in verified, size <= MOST_BYTES)


def in_words(size: int) -> str:
    """Write a number of bytes for people."""
    for unit, step in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= step:
            return f"{size / step:.1f} {unit}"
    return f"{size} B"


def jobs_under_way() -> bool:
    """Say whether a backup that somebody asked for waits or runs."""
    asked = DBTaskResult.objects.filter(task_path=back_up_now.module_path, status__in=UNDER_WAY)
    return asked.exists()


@operators
@require_POST
def ask_for_backup(request: SignedInRequest) -> HttpResponse:
    """Have the worker make a backup, unless one is under way."""
    with transaction.atomic():
        take_turns("backup")
        if not jobs_under_way():
            back_up_now.enqueue()
            record(ASKED_FOR, by_id=request.user.pk, at=now())
    return redirect(reverse("backups") + "?asked")


@operators.recently  # An archive is everything there is.
@require_safe
def download_backup(request: SignedInRequest, name: str) -> FileResponse:
    """Hand an archive over."""
    options: Options = settings.OPTIONS
    there = {each.path.name: each for each in kept_in(options.backup_folder or options.data / "backups")}
    if name not in there:
        raise NotFound
    if there[name].size > MOST_BYTES:
        raise BackupIsLarge
    with transaction.atomic():
        record(TAKEN, by_id=request.user.pk, at=now())
    answer = FileResponse(there[name].path.open("rb"), as_attachment=True, content_type="application/x-tar")
    answer["Cache-Control"] = "no-store"
    return answer
