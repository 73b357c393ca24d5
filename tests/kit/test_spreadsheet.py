"""What spreadsheets write is read, in the ways that they write it; what we write is no formula, and comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.kit.spreadsheet import (
    MARK,
    ColumnIsMissing,
    ColumnIsThereTwice,
    SheetIsBroken,
    SheetIsNotUtf8,
    harmless,
    read_sheet,
    write_row,
)

COLUMNS = ("address", "amount")
ROW = [(2, ["a@example.org", "5,00"])]
# What files can hold: no lone surrogates; a break and a NUL are looked at below.
CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)


def read(text: str | bytes) -> list[tuple[int, list[str]]]:
    return list(read_sheet(text if isinstance(text, bytes) else text.encode(), COLUMNS))


@pytest.mark.parametrize(
    "text",
    [
        'address,amount\na@example.org,"5,00"\n',
        "address;amount\r\na@example.org;5,00\r\n",
        "address\tamount\ra@example.org\t5,00",
        MARK + "Amount ;ADDRESS;note\r\n5,00;a@example.org;x;y\r\n;;\r\n",
        'address,amount\n"a@example.org","5,00"',
    ],
)
def test_files_of_all_spreadsheets_are_read(text: str) -> None:
    assert read(text) == ROW


def test_a_line_for_excel_before_the_first_is_passed_over() -> None:
    assert read("sep=;\r\naddress;amount\r\na@example.org;5,00\r\n") == [(3, ROW[0][1])]


def test_lines_are_numbered_as_an_editor_does() -> None:
    found = read('address,amount,note\nx,1,"two\nlines"\n\ny,2,\n')
    assert found == [(2, ["x", "1"]), (5, ["y", "2"])]


def test_another_name_of_a_column_is_known() -> None:
    (found,) = read_sheet(b"e-mail,amount\nx,1\n", COLUMNS, {"e-mail": "address"})
    assert found == (2, ["x", "1"])


def test_what_cannot_be_read_for_certain_is_refused() -> None:
    with pytest.raises(SheetIsNotUtf8):
        read("address,amount\nmüller@example.org,5".encode("latin-1"))
    with pytest.raises(SheetIsNotUtf8):
        read("address\tamount".encode("utf-16"))
    with pytest.raises(SheetIsBroken, match="Line 3"):
        read('address,amount\na,1\nb,"2"x\n')
    with pytest.raises(SheetIsBroken):
        read('address,amount\na,"never ends\n')
    for text in ("", "amount\n5\n", "1,2\n"):
        with pytest.raises(ColumnIsMissing, match="address"):
            read(text)
    with pytest.raises(ColumnIsThereTwice):
        read("address,amount,Address\n")


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1", "'=1", "''-2"]
)
def test_no_cell_is_a_formula(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@given(st.lists(st.tuples(CELL, CELL), max_size=5))
def test_what_is_written_comes_back_as_it_was(rows: list[tuple[str, str]]) -> None:
    text = MARK + write_row(COLUMNS) + "".join(map(write_row, rows))
    assert [cells for _, cells in read(text)] == [
        list(row) for row in rows if any(harmless(c).strip() for c in row)
    ]
