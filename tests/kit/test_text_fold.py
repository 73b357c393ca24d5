"""Folded text finds what was written with other accents and capitals."""

# ruff: noqa: RUF001 - letters that look like others are what this is about

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from porch.kit.text import fold


@pytest.mark.parametrize(
    ("text", "sought"),
    [
        ("HELLO", "hello"),
        ("Löwenzahn", "lowenzahn"),
        ("Straße", "STRASSE"),
        ("Ærøskøbing", "aeroskobing"),
        ("Łódź", "lodz"),
        ("İSTANBUL", "istanbul"),
        ("Ещё", "еще"),
        ("Καλημέρα ΣΟΦΟΣ", "καλημερα σοφος"),
        ("שָׁלוֹם", "שלום"),
        ("مَرْحَبًا", "مرحبا"),
        ("ﬁne Ａ①", "fine a1"),
        ("e\u0301té", "ete"),
    ],
)
def test_case_and_accents_do_not_matter(text: str, sought: str) -> None:
    assert fold(text) == fold(sought)


@pytest.mark.parametrize(
    ("one", "other"), [("कि", "की"), ("กุ", "กู"), ("か", "が"), ("가", "각"), ("a", "b"), ("ا", "ب")]
)
def test_signs_that_make_another_letter_stay(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_words_and_lines_stay_apart() -> None:
    assert fold("Ä b\n\nÇ  d") == "a b\n\nc  d"


def test_a_flood_of_marks_is_no_trouble() -> None:
    assert fold("a" + "\u0300\u0327" * 50_000) == "a"


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None), max_size=300))
def test_what_is_folded_stays_as_it_is(text: str) -> None:
    assert fold(fold(text)) == fold(text)
