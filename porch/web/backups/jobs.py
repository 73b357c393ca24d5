"""Backups by the worker: each in a process of its own, which yields to everyone else and gives its memory back."""

import os
import subprocess
import sys

from django.conf import settings
from django_tasks import task

from porch.engine.jobs.keeping import WORK
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
    """Run ``porch backup``; a failure is kept where the desk and the doctor see it, and ends the job too."""
    command = [sys.executable, "-c", WORK, "backup", "--json", *words]
    done = subprocess.run(
        command, env=os.environ, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise BackupFailed(done.stderr.strip().rpartition("\n")[2])
