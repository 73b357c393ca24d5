"""What an archive says of itself, and the errors that end a backup or a restore with one sentence."""

import json
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

FORMAT = "porch-backup"
VERSION = 1
MOST_BYTES = 16_000_000


class BackupFailed(Exception):
    """A backup that was not made. The text says why, and what would help."""


class NotRestorable(Exception):
    """An archive, or a place for it, that cannot be used. The text says why. Nothing was touched."""


@dataclass(frozen=True, slots=True)
class Table:
    rows: int
    columns: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first member of an archive. ``created_at`` is ISO 8601 in UTC; sizes are bytes."""

    porch: str
    engine: Literal["sqlite", "postgresql"]
    content: Literal["all", "database"]
    created_at: str
    migrations: list[tuple[str, str]]
    tables: dict[str, Table]
    database_bytes: int
    files: int
    file_bytes: int
    format: str = FORMAT
    version: int = VERSION

    @property
    def rows(self) -> int:
        return sum(each.rows for each in self.tables.values())

    def to_json(self) -> bytes:
        return json.dumps(asdict(self), indent=1, sort_keys=True).encode() + b"\n"


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest, or raise NotRestorable where it is not ours or is newer than we know."""
    try:
        entries: dict[str, Any] = json.loads(data)
        if entries["format"] != FORMAT:
            raise ValueError
        version = int(entries["version"])
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise NotRestorable("this is no backup of Porch: its first member is not a manifest") from error
    if version > VERSION:
        raise NotRestorable(
            f"this backup has format {version}, and this Porch ({VERSION}) is older. "
            f"Restore it with Porch {entries.get('porch', '')} or newer"
        )
    try:
        entries["tables"] = {name: Table(**each) for name, each in entries["tables"].items()}
        entries["migrations"] = [(app, name) for app, name in entries["migrations"]]
        return Manifest(**entries)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise NotRestorable("the manifest of this backup is damaged") from error
