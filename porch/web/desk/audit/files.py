"""The audit as a file for spreadsheets, in which no cell is a formula."""

from collections.abc import Iterable, Iterator

from porch.kit.spreadsheet import MARK, write_row
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
    """Write lines as comma-separated values (RFC 4180), after a mark that has spreadsheets read them as UTF-8."""
    yield MARK + write_row(HEAD)
    for each in lines:
        ids = " ".join(f"{name}={number}" for name, number in each.ids.items())
        yield write_row(
            [each.id, each.at.isoformat(), each.name, each.version, each.act, each.by, each.by_id or "",
             each.about, each.about_id or "", each.reason, ids]
        )  # fmt: skip
