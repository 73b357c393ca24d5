"""Files for spreadsheets, in which no cell is a formula."""

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

# What spreadsheets take for the beginning of a formula, in full width too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def sheet(head: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Write rows as comma-separated values (RFC 4180), after a mark that has spreadsheets read them as UTF-8."""
    yield "\ufeff" + row(head)
    yield from map(row, rows)


def row(cells: Iterable[object]) -> str:
    """Write one row, every cell in quotes; what is None is empty."""
    out = StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(
        ["" if cell is None else harmless(str(cell)) for cell in cells]
    )
    return out.getvalue()


def harmless(cell: str) -> str:
    """Set an apostrophe before what a spreadsheet would reckon out instead of showing."""
    return f"'{cell}" if cell.lstrip().startswith(FORMULA) or cell.startswith(FORMULA) else cell
