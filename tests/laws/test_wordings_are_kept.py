"""Words that somebody agreed to are never edited: whoever wants other words adds a version."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from porch.people.consent.purposes import PURPOSES, Purpose, Wording
from tests.laws.trees import assert_none

# The hash of every wording that was ever published, by purpose and version. Lines are only added.
PUBLISHED = {
    ("account-mail", 1): "82ea32ffe59d65c1f534779b4f8b33264b700957022275f301e02533dd8927f7",
    ("member-letter", 1): "e1fad9f5f55f5ddc2206a48a5c97fa90de018eaf64e272b64191f8af4526731f",
    ("conversation-mail", 1): "30834e930a2dcb3198e30758b0da4d225c943b26f55f313cd3ea9221ad28864b",
    ("digest", 1): "09219b93a5665ee5ccd29ebcf470f6e75935849c452ca46bfdd9e05b52f2c521",
    ("news", 1): "39f9c65acbc319d13eba7ae63377287ff25cb4bc00240fd01895deda029c94ff",
}


def offences(purposes: Iterable[Purpose], published: Mapping[tuple[str, int], str]) -> list[str]:
    """Find words that were edited, taken away, or not written down here."""
    there = {(purpose.name, words.version): words.hash for purpose in purposes for words in purpose.wordings}
    found = [
        f"{name}, version {version}, was edited: restore it, and add a version"
        for (name, version), hash_then in published.items()
        if there.get((name, version)) != hash_then
    ]
    found += [
        f"{name}, version {version}, is not in PUBLISHED" for name, version in there.keys() - published.keys()
    ]
    return found + [
        f"{purpose.name} has no versions in a row from 1"
        for purpose in purposes
        if [words.version for words in purpose.wordings] != list(range(1, len(purpose.wordings) + 1))
    ]


def test_published_words_stay_as_they_are() -> None:
    assert_none(offences(PURPOSES, PUBLISHED))


def test_words_that_were_edited_are_caught() -> None:
    purpose = PURPOSES[1]
    edited = replace(purpose, wordings=(replace(purpose.current, text="Other words."),))
    (only,) = offences([edited], {(purpose.name, 1): purpose.current.hash})
    assert only == "member-letter, version 1, was edited: restore it, and add a version"


def test_words_that_were_taken_away_or_never_written_down_are_caught() -> None:
    purpose = PURPOSES[1]
    second = replace(purpose, wordings=(Wording(2, "Title", "Text"),))
    assert len(offences([second], {(purpose.name, 1): purpose.current.hash})) == 3
