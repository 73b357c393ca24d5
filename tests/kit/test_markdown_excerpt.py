"""The first words of a page, as plain text on one line."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from porch.kit.markdown import excerpt, render
from porch.kit.text import shorten


def begin(source: str, length: int = 280) -> str:
    return excerpt(render(source), length)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ""),
        ("It *begins* **here**.", "It begins here."),
        ("# Title", "Title"),
        ("# Title\n\nText\nwith lines", "Text with lines"),
        ("First.\n\n- a\n- b\n\n|a|\n|-|\n|1|\n\n    code\n\nThen.", "First. Then."),
        ("- a\n- b\n\n1. c", "a b c"),
        ("- [x] done", "done"),
        ("a  \nb", "a b"),
        ("[the report](https://a.example/r 'x > y') & more", "the report & more"),
        ("un*believ*able", "unbelievable"),
        ('![A "red" door > 3](/files/1.png) opens', 'A "red" door > 3 opens'),
        ("![A door](https://a.example/1.png)", "A door"),
        ("|a|b|\n|-|-|\n|1|2|", "a b 1 2"),
        ("```py\nx = 1  # one\n```", "x = 1 # one"),
        ("<b>shown</b> &lt;i&gt; &amp;amp;", "<b>shown</b> <i> &amp;"),
    ],
)
def test_it_is_the_text_without_its_marks(source: str, expected: str) -> None:
    assert begin(source) == expected


def test_it_is_cut_at_a_word() -> None:
    assert begin("The quick brown fox jumps over the lazy dog", 20) == "The quick brown fox…"
    assert begin("The quick, brown fox", 11) == "The quick…"
    assert begin("a " * 500, 9) == "a a a a…"


def test_a_long_word_is_cut_where_it_must_be() -> None:
    assert begin("x" * 50, 10) == "x" * 9 + "…"


def test_what_fits_is_not_cut() -> None:
    assert begin("x" * 10, 10) == "x" * 10


@pytest.mark.parametrize("source", ["word *word* " * 8000, "> " * 10 + "a b " * 900, "x" * 90_000])
def test_a_long_page_has_a_short_excerpt(source: str) -> None:
    assert 200 < len(begin(source)) <= 280


WORDS = st.lists(
    st.sampled_from(["a", "long", "*b*", "**c**", "`d`", "[e](/f)", "- g", "# h", "> i", "&amp;", "é"]),
    max_size=30,
)


@settings(max_examples=100, deadline=None)
@given(words=WORDS, length=st.integers(2, 60))
def test_an_excerpt_fits_and_is_free_of_markup(words: list[str], length: int) -> None:
    text = begin("\n\n".join(words), length)
    assert len(text) <= length
    assert text == " ".join(text.split())
    assert not set(text) & set("<>*`[]\n")
    assert shorten(text, length) == text, "and cutting it again changes nothing"
