"""Small, full and read-only disks for one process each: mounted in a name space of its own, gone with it."""

import shutil
import subprocess

import pytest

NAME_SPACE = ("unshare", "--mount", "--map-root-user")


def on_disk(options: str) -> tuple[str, ...]:
    """Give the words before a command that put its PORCH_DATA on a disk in memory with these mount options."""
    words = [*NAME_SPACE, "mount", "-t", "tmpfs", "porch", "/mnt"]
    if not shutil.which("unshare") or subprocess.run(words, capture_output=True).returncode:
        pytest.skip("no disk can be mounted here: that takes Linux and user name spaces")
    mount = f'mkdir -p "$PORCH_DATA" && mount -t tmpfs -o {options} porch "$PORCH_DATA" && exec "$@"'
    return (*NAME_SPACE, "sh", "-c", mount, "sh")


def inside(process: int, *words: str) -> str:
    """Run a program where the disk of this process can be seen; give what it printed."""
    enter = ("nsenter", f"--target={process}", "--mount", "--user", "--preserve-credentials")
    return subprocess.run([*enter, *words], capture_output=True, text=True, check=True).stdout.strip()
