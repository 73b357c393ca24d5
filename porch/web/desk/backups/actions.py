"""What an operator does with backups: has one made, or takes one away."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from porch.engine.audit.recording import record
from porch.kit.locks import take_turns
from porch.kit.refusals import NotFound, Refusal
from porch.people.account.steps import take_step
from porch.people.identity.models import Person
from porch.web.backups.acts import ASKED_FOR, TAKEN
from porch.web.backups.jobs import back_up_now
from porch.web.backups.keeping import Kept, kept_in
from porch.web.settings.options import Options

# An answer is collected before it is sent, so what is larger has to be fetched from the machine.
MOST_BYTES = 50_000_000
STATES = {
    TaskResultStatus.READY: "waiting",
    TaskResultStatus.RUNNING: "running",
    TaskResultStatus.FAILED: "failed",
    TaskResultStatus.SUCCESSFUL: "done",
}
UNDER_WAY = ("waiting", "running")


class BackupIsLarge(Refusal):
    status = 413
    text = _("This backup is too large to be fetched by the browser.")
    hint = _("Copy it from the machine: its path stands on the page of backups.")


@dataclass(frozen=True, slots=True)
class Asked:
    """How the last backup that somebody asked for goes: waiting, running, failed for a reason, or done."""

    state: str
    at: datetime
    why: str

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY


@transaction.atomic
def ask_for_backup(*, by: Person, at: datetime) -> bool:
    """Have the worker make a backup, unless one is under way; say whether it was asked for."""
    take_turns("backup")
    last = last_asked()
    if last and last.is_under_way:
        return False
    back_up_now.enqueue()
    record(ASKED_FOR, by_id=by.pk, at=at)
    take_step(person=by, step="backup", at=at)
    return True


@transaction.atomic
def take_backup(*, name: str, options: Options, by_id: int, at: datetime) -> Kept:
    """Find a backup for somebody who takes it away by the browser. Raises ``NotFound`` and ``BackupIsLarge``."""
    there = {each.path.name: each for each in kept_in(folder_of(options))}
    if name not in there:
        raise NotFound
    if there[name].size > MOST_BYTES:
        raise BackupIsLarge
    record(TAKEN, by_id=by_id, at=at)
    return there[name]


def last_asked() -> Asked | None:
    """Say how the last backup goes that somebody asked for, as long as its job is remembered."""
    jobs = DBTaskResult.objects.filter(task_path=back_up_now.module_path)
    job = jobs.order_by("-enqueued_at", "pk").first()
    return seen(job) if job else None


def seen(job: "DBTaskResult[Any, Any]") -> Asked:
    """Put a job into our words; why it failed is the last line of what it left."""
    state = STATES[TaskResultStatus(job.status)]
    lines = job.traceback.strip().splitlines() if state == "failed" else []
    why = lines[-1].rpartition("BackupFailed: ")[2][:300] if lines else ""
    return Asked(state, job.finished_at or job.started_at or job.enqueued_at, why)


def folder_of(options: Options) -> Path:
    """Give the folder of backups, also where no nightly ones are wanted."""
    return options.backup_folder or options.data / "backups"
