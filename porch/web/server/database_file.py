"""Is the file that SQLite writes into still the one at its path? SQLite itself goes on with one that was removed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

State = Literal["here", "gone", "replaced"]


@dataclass(frozen=True, slots=True)
class DatabaseFile:
    """The file of a running server, known by its number on its disk; none where the database is a server."""

    path: Path | None = None
    known: tuple[int, int] = (0, 0)

    @classmethod
    def of(cls, database: Mapping[str, Any]) -> "DatabaseFile":
        """Remember which file a database (as Django is told of it) is in."""
        if not str(database["ENGINE"]).endswith("sqlite3"):
            return cls()
        path = Path(str(database["NAME"]))
        return cls(path, number(path))

    def look(self) -> State:
        """Say whether the file is still in its place. Costs one call of the system."""
        if self.path is None:
            return "here"
        try:
            return "here" if number(self.path) == self.known else "replaced"
        except OSError:
            return "gone"


def number(path: Path) -> tuple[int, int]:
    """Give the numbers of the disk and, on it, of the file at a path."""
    found = path.stat()
    return found.st_dev, found.st_ino
