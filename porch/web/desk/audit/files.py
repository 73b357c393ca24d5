"""The audit as a file for spreadsheets, in which no cell is a formula."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

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
# What spreadsheets take for the beginning of a formula, in full width too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def as_csv(lines: Iterable[Line]) -> Iterator[str]:
    """Write lines as comma-separated values (RFC 4180), after a mark that has spreadsheets read them as UTF-8."""
    yield "\ufeff" + row(HEAD)
    for each in lines:
        ids = " ".join(f"{name}={number}" for name, number in each.ids.items())
        yield row(
            [each.id, each.at.isoformat(), each.name, each.version, each.act, each.by, each.by_id or "",
             each.about, each.about_id or "", each.reason, ids]
        )  # fmt: skip


def row(cells: Iterable[object]) -> str:
    """Write one row, every cell in quotes."""
    out = StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(
        [harmless(str(cell)) for cell in cells]
    )
    return out.getvalue()


def harmless(cell: str) -> str:
    """Set an apostrophe before what a spreadsheet would reckon out instead of showing."""
    return f"'{cell}" if cell.lstrip().startswith(FORMULA) or cell.startswith(FORMULA) else cell
