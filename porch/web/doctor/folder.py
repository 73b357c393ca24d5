"""The data folder: can it be written, who can read it, and is there room."""

import shutil
import stat
from pathlib import Path

from porch.kit.text import size_in_words
from porch.web.doctor.finding import Finding
from porch.web.settings.folder import NAME
from porch.web.settings.options import Options

ROOMY = 1_000_000_000


def look_at_folder(options: Options) -> Finding:
    """Can the data folder be written, and is its key kept from others?"""
    probe = options.data / ".doctor"
    try:
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as error:
        return Finding(
            "data",
            "wrong",
            f"{options.data} cannot be written: {error.strerror}",
            f"chown -R $(id -un) {options.data}; chmod -R u+rwX {options.data}; and look at the disk.",
        )
    mode = stat.S_IMODE((options.data / NAME).stat().st_mode)
    if mode & 0o077:
        return Finding("data", "wrong", f"others may read {NAME}", f"chmod 600 {options.data / NAME}")
    return Finding("data", "good", f"{options.data}")


def look_at_privacy(options: Options) -> Finding:
    """May others on this machine read what Porch keeps?"""
    backups = options.backup_folder or options.data / "backups"
    open_to_others = [path for path in (*databases(options.data), *backups.glob("*.tar")) if is_open(path)]
    if open_to_others and is_open(options.data):
        return Finding(
            "privacy",
            "wrong",
            f"others on this machine may read {open_to_others[0]}",
            f"chmod -R go= {options.data}",
        )
    if is_open(options.data):
        return Finding(
            "privacy", "advice", f"others may look into {options.data}", f"chmod 700 {options.data}"
        )
    return Finding("privacy", "good", "only the account of Porch reads the data folder")


def databases(folder: Path) -> list[Path]:
    return sorted(folder.glob("porch.sqlite3*"))


def is_open(path: Path) -> bool:
    """Say whether anyone but its owner may read or enter something."""
    return bool(stat.S_IMODE(path.stat().st_mode) & 0o077)


def look_at_room(options: Options) -> Finding:
    """Is there room on the disk?"""
    free = shutil.disk_usage(options.data).free
    text = f"{size_in_words(free)} free"
    if free < ROOMY:
        return Finding(
            "disk",
            "wrong",
            text,
            f"Make room: below 1 GB backups and uploads soon fail. What is large: du -xh -d1 {options.data}",
        )
    return Finding("disk", "good", text)
