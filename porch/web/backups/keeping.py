"""Which backups there are, which of them are kept, and how the last ones went."""

import json
import os
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from porch.web.backups.drafts import draft, settle

BY_HAND = "porch"
NIGHTLY = "nightly"
BEFORE_UPGRADE = "before-upgrade"
STAMP = "%Y-%m-%dT%H%M%SZ"
NAME = re.compile(rf"({BY_HAND}|{NIGHTLY}|{BEFORE_UPGRADE})-(\d{{4}}-\d\d-\d\dT\d{{6}}Z)\.tar")
DAYS = 7
WEEKS = 4
STATE = "backups.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A backup in the folder of backups."""

    path: Path
    kind: str
    at: datetime
    size: int


@dataclass(frozen=True, slots=True)
class State:
    """How backups went: which were read back and found whole, and what the last failure was, if none worked since."""

    verified: dict[str, str] = field(default_factory=dict)
    failed_at: str = ""
    failure: str = ""


def name_for(kind: str, at: datetime) -> str:
    return f"{kind}-{at.astimezone(UTC).strftime(STAMP)}.tar"


def kept_in(folder: Path) -> list[Kept]:
    """List the backups in a folder, newest first. Raises OSError where the folder cannot be read."""
    found = []
    for path in folder.iterdir() if folder.exists() else ():
        parts = NAME.fullmatch(path.name)
        if parts and path.is_file():
            at = datetime.strptime(parts[2], STAMP).replace(tzinfo=UTC)
            found.append(Kept(path, parts[1], at, path.stat().st_size))
    return sorted(found, key=lambda each: (each.at, each.path.name), reverse=True)


def to_let_go(times: Iterable[datetime]) -> set[datetime]:
    """Choose which times to let go of: kept are the last of each of seven days and of each of four weeks."""
    ordered = sorted(times, reverse=True)
    days: dict[object, datetime] = {}
    weeks: dict[object, datetime] = {}
    for at in ordered:
        days.setdefault(at.date(), at)
        weeks.setdefault(at.isocalendar()[:2], at)
    return set(ordered) - {*list(days.values())[:DAYS], *list(weeks.values())[:WEEKS]}


def let_go(folder: Path) -> list[Path]:
    """Remove the nightly backups that are not kept any longer. Others were asked for, and stay."""
    nightly = [each for each in kept_in(folder) if each.kind == NIGHTLY]
    gone = to_let_go(each.at for each in nightly)
    paths = [each.path for each in nightly if each.at in gone]
    for path in paths:
        path.unlink(missing_ok=True)
    return paths


def keep_newest(folder: Path, kind: str, number: int) -> None:
    """Remove all but the newest few of one kind."""
    for each in [each for each in kept_in(folder) if each.kind == kind][number:]:
        each.path.unlink(missing_ok=True)


def read_state(data: Path) -> State:
    """Read how backups went. What cannot be read is as if nothing was known."""
    try:
        return State(**json.loads((data / STATE).read_text()))
    except (OSError, ValueError, TypeError):
        return State()


def succeeded(data: Path, name: str, sum_of_all: str, folder: Path) -> None:
    """Remember that a backup was read back and found whole; forget failures, and backups that are gone."""
    there = {each.path.name for each in kept_in(folder)}
    verified = {each: sum_ for each, sum_ in read_state(data).verified.items() if each in there}
    write_state(data, State({**verified, name: sum_of_all}))


def failed(data: Path, at: datetime, why: str) -> None:
    """Remember that a backup failed, and why."""
    write_state(data, State(read_state(data).verified, at.isoformat(timespec="seconds"), why))


def write_state(data: Path, state: State) -> None:
    with draft(data) as path:
        path.write_text(json.dumps(asdict(state), indent=1) + "\n")
        os.chmod(path, 0o600)
        settle(path, data / STATE)
