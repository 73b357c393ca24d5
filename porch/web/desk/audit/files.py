"""The audit as a file for spreadsheets."""

from collections.abc import Iterable, Iterator

from porch.kit.spreadsheet import write_sheet
from porch.web.audit import Line

HEAD = [
    "id",
    "at (UTC)",
    "act",
    "version",
    "what",
    "by",
    "by number",
    "about",
    "about number",
    "reason",
    "ids",
]


def as_csv(lines: Iterable[Line]) -> Iterator[str]:
    """Write lines of the audit as a sheet."""
    return write_sheet(HEAD, map(cells, lines))


def cells(each: Line) -> list[object]:
    """Give the cells of one line."""
    ids = " ".join(f"{name}={number}" for name, number in each.ids.items())
    return [each.id, each.at.isoformat(), each.name, each.version, each.act, each.by, each.by_id or "",
            each.about, each.about_id or "", each.reason, ids]  # fmt: skip
