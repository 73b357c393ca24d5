"""A number out of a form is read where it is one."""

import pytest

from porch.kit.text import read_number


@pytest.mark.parametrize(
    ("text", "number"), [("0", 0), ("7", 7), (" 12 ", 12), ("007", 7), ("9" * 18, 10**18 - 1)]
)
def test_a_whole_number_is_read(text: str, number: int) -> None:
    assert read_number(text) == number


@pytest.mark.parametrize(
    "text", ["", " ", "-1", "+1", "1.0", "1e3", "1_0", "one", "\u0661", "\u00b2", "9" * 19]
)
def test_what_is_none_or_fits_no_column_is_none(text: str) -> None:
    assert read_number(text) is None


def test_it_has_as_many_digits_as_are_allowed() -> None:
    assert read_number("999", most_digits=3) == 999
    assert read_number("1000", most_digits=3) is None
