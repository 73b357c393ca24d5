"""Backups: is there a young one, was it read back, did the last one work, and is there room for the next."""

import shutil
from datetime import timedelta

from porch.kit.text import size_in_words
from porch.kit.time import now
from porch.web.backups.keeping import BEFORE_UPGRADE, kept_in, read_state
from porch.web.doctor.finding import Finding
from porch.web.settings.options import Options

YOUNG = timedelta(hours=36)


def look_at_backups(options: Options) -> Finding:
    """Is there a young backup that can be read?"""
    folder, state = options.backup_folder, read_state(options.data)
    if folder is None:
        return Finding(
            "backups",
            "advice",
            "PORCH_BACKUPS is off",
            "See that something else makes them: porch backup FILE",
        )
    if state.failure:
        text = f"the last one failed ({state.failed_at}): {state.failure}"
        return Finding("backups", "wrong", text, "Mend that, then: porch backup")
    try:
        there = [each for each in kept_in(folder) if each.kind != BEFORE_UPGRADE]
        free = shutil.disk_usage(folder if folder.exists() else options.data).free
    except OSError as error:
        return Finding("backups", "wrong", f"{folder} cannot be read: {error.strerror}", f"ls -ld {folder}")
    if not there:
        return Finding(
            "backups", "advice", "none yet; the first is made tonight", "Now, while Porch runs: porch backup"
        )
    last = there[0]
    age = now() - last.at
    text = f"the last is {describe(age)} old, {size_in_words(last.size)}, in {folder}"
    if age > YOUNG:
        return Finding(
            "backups", "wrong", text, "The nightly one does not run: does the worker? Now: porch backup"
        )
    if last.path.name not in state.verified:
        return Finding("backups", "advice", f"{text}; it was not read back", "A checked one: porch backup")
    if free < 2 * last.size:
        return Finding(
            "backups",
            "wrong",
            f"{text}; {size_in_words(free)} are free",
            "Make room, or name another disk: PORCH_BACKUPS",
        )
    return Finding("backups", "good", f"{text}, read back and whole")


def describe(age: timedelta) -> str:
    """Say an age in hours or days."""
    hours = max(int(age.total_seconds() // 3_600), 0)
    return f"{hours} h" if hours < 72 else f"{hours // 24} days"
