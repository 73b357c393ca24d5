"""Comma-separated values (RFC 4180) as spreadsheets write and read them; no cell that leaves here is a formula."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO

from django.utils.translation import gettext_lazy as _

from porch.kit.refusals import BadInput

MARK = "\ufeff"
# What spreadsheets take for the beginning of a formula, in full width too; apostrophes of ours may stand before it.
FORMULA = re.compile("'*(?:\\s*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n])")
SEPARATORS = ",;\t"
MOST_CELLS = 60


class SheetIsNotUtf8(BadInput):
    text = _("This file is not text in UTF-8, so its letters cannot be read for certain.")
    hint = _("In your spreadsheet, save it as “CSV UTF-8”.")


class SheetIsBroken(BadInput):
    text = _("Line %(line)s cannot be read: a quotation mark opens or closes where none should.")
    hint = _("Save the file anew from a spreadsheet.")


class ColumnIsMissing(BadInput):
    text = _("The first line names no column “%(column)s”.")
    hint = _("The first line has to name the columns: %(columns)s.")


class ColumnIsThereTwice(BadInput):
    text = _("The first line names the column “%(column)s” twice.")
    hint = _("Keep the one that is meant.")


def read_sheet(
    data: bytes, wanted: tuple[str, ...], names: Mapping[str, str] | None = None
) -> Iterator[tuple[int, list[str]]]:
    """Read a file: for each line that is not empty its number in the file, from 1, and the cells of wanted columns.

    The separator is a comma, a semicolon or a tab, as the first line has it. Other columns are passed over; ``names``
    are further names of wanted ones. Apostrophes that ``write_row`` has set are taken off.
    """
    lines = split(decode(data))
    first, head = next(lines, (1, []))
    if head and head[0].strip().lower().startswith("sep="):
        first, head = next(lines, (first, []))
    given = [(names or {}).get(cell, cell) for cell in (cell.strip().lower() for cell in head)]
    for column in wanted:
        if column not in given:
            raise ColumnIsMissing(column=column, columns=", ".join(wanted))
        if given.count(column) > 1:
            raise ColumnIsThereTwice(column=column)
    places = [given.index(column) for column in wanted]
    for number, cells in lines:
        if any(cell.strip() for cell in cells):
            yield number, [unguarded(cells[at]) if at < len(cells) else "" for at in places]


def write_sheet(head: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    """Write a head and rows, after a mark that has spreadsheets read them as UTF-8."""
    yield MARK + write_row(head)
    yield from map(write_row, rows)


def write_row(cells: Iterable[object]) -> str:
    """Write one row, every cell in quotes."""
    out = StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(
        [harmless(str(cell)) for cell in cells]
    )
    return out.getvalue()


def harmless(cell: str) -> str:
    """Set an apostrophe before what a spreadsheet would reckon out instead of showing."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """Take off the apostrophe that ``harmless`` set."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def decode(data: bytes) -> str:
    """Read bytes as UTF-8, with or without a mark before it. Raises ``SheetIsNotUtf8``."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetIsNotUtf8 from error
    if "\x00" in text:
        raise SheetIsNotUtf8
    return text


def split(text: str) -> Iterator[tuple[int, list[str]]]:
    """Split a text into lines and cells; a line that holds breaks in quotes counts from where it begins."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=separator_of(text), strict=True)
    number = 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SheetIsBroken(line=number) from error
        yield number, cells[:MOST_CELLS]
        number = reader.line_num + 1


def separator_of(text: str) -> str:
    """Find what separates cells: of the three separators the one that the first line has most of."""
    for line in text.splitlines():
        if stated := re.fullmatch("sep=([,;\t])", line.strip("\n\r ")):
            return stated[1]
        if line.strip():
            return max(SEPARATORS, key=line.count)
    return ","
