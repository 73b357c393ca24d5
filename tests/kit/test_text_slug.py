"""The part of an address that stands for a text."""

# ruff: noqa: RUF001 - letters that look like others are what this is about

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from porch.kit.text import MOST_SLUG, slug


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Hello, World!", "hello-world"),
        ("  --a__b--c  ", "a-b-c"),
        ("Löwenzahn 🌼", "lowenzahn"),
        ("Ærø, Łódź & Straße", "aero-lodz-strasse"),
        ("İstanbul'da ılık çay", "istanbul-da-ilik-cay"),
        ("Việt Nam", "viet-nam"),
        ("C++ / 100 %", "c-100"),
        ("ﬁne ① Ａ", "fine-1-a"),
        ("Ещё не вечер", "ещё-не-вечер"),
        ("Καλημέρα", "καλημέρα"),
        ("こんにちは 世界", "こんにちは-世界"),
        ("नमस्ते दुनिया", "नमस्ते-दुनिया"),
        ("안녕 세상", "안녕-세상"),
        ("مرحبا بك", "مرحبا-بك"),
        ("../../etc/passwd", "etc-passwd"),
        ("a\u202eb\u200bc", "a-b-c"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
    ],
)
def test_letters_of_every_script_stay(text: str, part: str) -> None:
    assert slug(text) == part


@pytest.mark.parametrize("text", ["", "🌼", "!!!", "\u0301", "\ud800", "\u3164"])
def test_a_text_without_letters_has_a_part_all_the_same(text: str) -> None:
    assert len(slug(text)) == 10
    assert slug(text).isalnum()


def test_two_texts_without_letters_have_two_parts() -> None:
    assert slug("🌼") != slug("🌻")


def test_a_long_text_is_cut_between_words() -> None:
    part = slug("every word counts " * 20)
    assert len(part) <= MOST_SLUG
    assert set(part.split("-")) == {"every", "word", "counts"}


def test_a_long_word_is_cut_where_it_must_be() -> None:
    assert slug("x" * 500) == "x" * MOST_SLUG


def test_a_flood_is_no_trouble() -> None:
    assert slug("a" + "\u0300\u0327" * 1_000_000) == "a"


@settings(max_examples=200, deadline=None)
@given(st.text(st.characters(codec=None), max_size=120))
@example("a\u0345")
def test_any_text_has_a_short_part_of_letters_digits_and_hyphens(text: str) -> None:
    part = slug(text)
    assert 0 < len(part) <= MOST_SLUG
    assert not part.startswith("-")
    assert not part.endswith("-")
    assert "--" not in part
    assert all(char == "-" or unicodedata.category(char)[0] in "LMN" for char in part)
    assert part == part.lower()
    assert part == slug(text)
