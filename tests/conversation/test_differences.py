"""Two wordings in one, exactly, and quickly however they are made."""

from hypothesis import given
from hypothesis import strategies as st

from porch.kit.differences import MOST_PIECES, Piece, differences


def both(pieces: list[Piece]) -> tuple[str, str]:
    before = "".join(each.text for each in pieces if each.kind != "new")
    return before, "".join(each.text for each in pieces if each.kind != "gone")


@given(st.text("ab .\n", max_size=60), st.text("ab .\n", max_size=60))
def test_both_wordings_can_be_read_from_it(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert both(pieces) == (before, after)
    assert all(each.text for each in pieces)


def test_what_stayed_is_not_marked() -> None:
    assert differences("Rye or wheat?", "Rye or spelt?") == [
        Piece("same", "Rye or "),
        Piece("gone", "wheat"),
        Piece("new", "spelt"),
        Piece("same", "?"),
    ]


def test_long_texts_are_compared_by_lines_and_longer_ones_whole() -> None:
    lines = "".join(f"line {n} with some words\n" for n in range(MOST_PIECES))
    after = "".join(f"line {n} with other words\n" for n in range(MOST_PIECES))
    assert both(differences(lines, after)) == (lines, after)
    before, after = "x a\n" * 20_000, "a y\n" * 20_000
    assert [each.kind for each in differences(before, after)] == ["gone", "new"]


def test_a_word_in_a_long_text_is_found() -> None:
    text = "word " * 10_000
    pieces = differences(f"{text}old {text}", f"{text}new {text}")
    assert [(each.kind, each.text) for each in pieces if each.kind != "same"] == [
        ("gone", "old"),
        ("new", "new"),
    ]
