import pytest

from tests.proof.marks import Marked
from tests.proof.talking import Said, converse
from tests.proof.world import People, belong, knock, settle

INSIDE, GLASS = "quaggix", "glazzix"


@pytest.fixture
def world(db: None) -> tuple[People, dict[str, Said]]:
    """A world in which all that is said inside carries a mark, and what is said in glass another."""
    words, open_words = Marked(INSIDE), Marked(GLASS)
    people = settle(words, open_words)
    belong(people, words)
    said = converse(people, words, open_words)
    knock(people, words)
    return people, said
