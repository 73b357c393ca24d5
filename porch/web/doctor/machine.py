"""The machine: rights, memory, open files, and the interpreter."""

import os
import resource
import sys
import sysconfig
from pathlib import Path

from porch.kit.text import size_in_words
from porch.web.doctor.finding import Finding
from porch.web.settings.options import Options

OLDEST, NEWEST = (3, 11), (3, 14)
LITTLE_MEMORY = 256 << 20
FEW_FILES = 4_096
CGROUP = Path("/sys/fs/cgroup")


def look_at_rights(options: Options) -> Finding:
    """Does Porch run with more rights than it needs?"""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return Finding(
            "rights",
            "advice",
            "runs as root",
            "An account of its own is safer: useradd --system --home-dir /var/lib/porch porch",
        )
    return Finding("rights", "good", "not root")


def look_at_python(options: Options) -> Finding:
    """Is this a version of Python that Porch is tried with, and was it built to be quick?"""
    version, name = sys.version_info[:2], sys.version.split()[0]
    if not OLDEST <= version <= NEWEST:
        return Finding(
            "python",
            "advice",
            f"{name}; Porch is tried with {OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}",
            "rm -rf .venv && make run PYTHON=python3.11",
        )
    how = how_built(str(sysconfig.get_config_var("CONFIG_ARGS") or ""))
    if how == "plain":
        return Finding(
            "python",
            "advice",
            f"{name}, built without optimisations: pages take about a quarter more time",
            "PYTHON_CONFIGURE_OPTS='--enable-optimizations --with-lto' pyenv install --force "
            f"{name}, then rm -rf .venv && make run. The Python of most systems is built so already.",
        )
    return Finding("python", "good", name if how == "unknown" else f"{name}, built with optimisations")


def how_built(arguments: str) -> str:
    """Tell from the arguments of its build how Python was built: optimised, plain or unknown."""
    if "--enable-optimizations" in arguments:
        return "optimised"
    # Debian and its kin optimise by another way, which does not show here.
    is_of_system = "'--prefix=/usr'" in arguments
    return "unknown" if is_of_system or not arguments else "plain"


def look_at_memory(options: Options) -> Finding:
    """Is there a limit on memory, and is it one that Porch can live under?"""
    limit = memory_limit()
    if limit is None:
        return Finding("memory", "good", "no limit")
    text = f"limited to {size_in_words(limit)}"
    if limit < LITTLE_MEMORY:
        return Finding(
            "memory",
            "advice",
            text,
            "Server and worker take 110 MB at rest. Give them 512: systemctl set-property porch MemoryMax=512M",
        )
    return Finding("memory", "good", text)


def memory_limit() -> int | None:
    """Give the least limit of the control groups above this process, in bytes (Linux, version 2)."""
    try:
        own = Path("/proc/self/cgroup").read_text().splitlines()[-1].partition("::")[2]
    except (OSError, IndexError):
        return None
    place, found = Path(own.lstrip("/")), []
    for each in (place, *place.parents):
        try:
            text = (CGROUP / each / "memory.max").read_text().strip()
        except OSError:
            continue
        if text.isdigit():
            found.append(int(text))
    return min(found, default=None)


def look_at_open_files(options: Options) -> Finding:
    """May the server open as many files as it has connections?"""
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    if most == resource.RLIM_INFINITY or most >= FEW_FILES:
        return Finding("open files", "good", "room for thousands of connections")
    return Finding(
        "open files",
        "advice",
        f"at most {most:,} open files, and about as many connections",
        "In the systemd unit: LimitNOFILE=65536. In a shell: ulimit -n 65536",
    )
