import pytest

from porch.kit.text import size_in_words


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (949, "949 B"),
        (1_000, "1.0 kB"),
        (999_999, "1.0 MB"),
        (1_500_000, "1.5 MB"),
        (2_000_000_000, "2.0 GB"),
        (1_234_567_890_123, "1,234.6 GB"),
    ],
)
def test_a_size_is_written_for_people(size: int, words: str) -> None:
    assert size_in_words(size) == words
