"""A line that a person types is one visible line within its bound, or is refused by name."""

# ruff: noqa: RUF001 - letters that look like others are what this is about

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from porch.kit.refusals import BadInput
from porch.kit.text import LineIsEmpty, LineIsNotPlain, LineIsTooLong, clean_line


def clean(value: str, most: int = 100) -> str:
    return clean_line(value, most=most, name="title")


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("Hello", "Hello"),
        ("  Hello,\tthere\n you \u00a0\u3000! ", "Hello, there you !"),
        ("a\r\nb\x0bc\x0cd\x85e\u2028f\u2029g", "a b c d e f g"),
        ("e\u0301", "é"),
        ("Ａ１", "Ａ１"),
        ("a\u200bb\u2060c\ufeffd\u00ade", "abcde"),
        ("invoice\u202egpj.exe", "invoicegpj.exe"),
        ("\u2066a\u2069 \u202ab\u202c", "a b"),
        ("a\U000e0061\U000e0062b", "ab"),
        ("a\u200db\u200cc", "abc"),
        ("a\u200e b\u200f", "a b"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d👩\u200d👧 us", "👩\u200d👩\u200d👧 us"),
        ("❤\ufe0f", "❤\ufe0f"),
        ("שלום C++\u200e!", "שלום C++\u200e!"),
        ("<b>&amp;</b>", "<b>&amp;</b>"),
    ],
)
def test_a_line_is_made_tidy(value: str, line: str) -> None:
    assert clean(value) == line


@pytest.mark.parametrize(
    "value",
    [
        "",
        " ",
        "\n\t",
        "\u200b",
        "\u3164",
        "\u2800",
        "\u115f\u1160",
        "\u200d",
        "\u202e\u202c",
        "\u0301",
        "\u200e",
        "\ufeff \u2060",
    ],
)
def test_a_line_that_nobody_sees_is_empty(value: str) -> None:
    with pytest.raises(LineIsEmpty) as refused:
        clean(value)
    assert refused.value.title == "The title is empty."


@pytest.mark.parametrize(
    "value", ["a\0b", "a\x1b[31m", "\x07", "a\x7f", "\x9bb", "\ud800", "a\udfff", "\uffff", "\ufdd0"]
)
def test_what_is_no_writing_is_refused(value: str) -> None:
    with pytest.raises(LineIsNotPlain):
        clean(value)


def test_the_bound_is_in_characters_and_told() -> None:
    assert clean("é" * 100) == "é" * 100
    with pytest.raises(LineIsTooLong) as refused:
        clean("é" * 101)
    assert refused.value.title == "The title has 101 characters; at most 100 fit."
    assert refused.value.status == 422


def test_what_is_taken_out_does_not_count() -> None:
    assert clean("  a\u200b" * 50, most=100) == " ".join("a" * 50)


def test_a_flood_is_refused_unread() -> None:
    with pytest.raises(LineIsTooLong):
        clean("a\u0300\u0327" * 1_000_000)


@settings(max_examples=200, deadline=None)
@given(value=st.text(st.characters(codec=None), max_size=60), most=st.integers(1, 40))
def test_any_text_is_one_line_within_the_bound_or_refused(value: str, most: int) -> None:
    try:
        line = clean(value, most)
    except BadInput:
        return
    assert 0 < len(line) <= most
    assert line == " ".join(line.split())
    assert unicodedata.is_normalized("NFC", line)
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in line)
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\ufeff")
    assert clean(line, most) == line, "and cleaning it again changes nothing"
