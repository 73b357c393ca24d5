"""Backups by the worker: each in a process of its own, which yields to everyone else and gives its memory back."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django_tasks import task

from porch.engine.jobs.keeping import WORK
from porch.kit.time import now
from porch.web.backups.keeping import failed, read_state
from porch.web.backups.words import BackupFailed


@task()
def back_up_nightly() -> None:
    """Make a backup, read it back, and let old ones go. PORCH_BACKUPS=off makes none."""
    if settings.OPTIONS.backup_folder is not None:
        run("--nightly", "--by-worker")


@task()
def back_up_now() -> None:
    """Make a backup that stays until somebody removes it."""
    run("--by-worker")


def run(*words: str) -> None:
    """Run ``porch backup``; a failure is kept where the desk and the doctor see it, and ends the job too.

    What ended too suddenly to say so itself, killed or out of memory, is said for it.
    """
    data: Path = settings.OPTIONS.data
    before = read_state(data).failed_at
    command = [sys.executable, "-c", WORK, "backup", "--json", *words]
    done = subprocess.run(
        command, env=os.environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        why = reason_of(done)
        if read_state(data).failed_at == before:
            failed(data, now(), why)
        raise BackupFailed(why)


def reason_of(done: "subprocess.CompletedProcess[str]") -> str:
    """Say why a process failed: by the signal that ended it, or in its own last words."""
    if done.returncode < 0:
        return f"it was ended by {signal.Signals(-done.returncode).name}"
    return done.stderr.strip().rpartition("\n")[2] or f"it ended with {done.returncode}"
