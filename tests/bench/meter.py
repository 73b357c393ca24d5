"""What a tree of processes has used: CPU time and memory, as the kernel counts them (Linux)."""

import os
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(root: int) -> float:
    """Give the user and system time of a process, its living descendants, and those they have waited for."""
    total = 0
    for pid in tree(root):
        try:
            total += sum(map(int, after_name(pid)[11:15]))  # utime, stime, and both of ended children
        except FileNotFoundError:
            continue  # it ended in between
    return total / TICKS


def memory_kib(root: int, kind: str) -> int:
    """Add up ``Pss`` or ``Rss`` of a tree, in KiB. Pss counts a page that n processes share as 1/n in each."""
    return sum(smaps(pid)[kind] for pid in tree(root))


def tree(root: int) -> list[int]:
    """List a process and all its living descendants."""
    parents = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                parents[int(folder.name)] = int(after_name(int(folder.name))[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
    found = [root]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def after_name(pid: int) -> list[str]:
    """Read ``/proc/<pid>/stat`` behind the name, which may hold spaces itself: state, parent, …"""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def smaps(pid: int) -> dict[str, int]:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    return {name: int(rest.split()[0]) for name, _, rest in (line.partition(":") for line in lines)}
