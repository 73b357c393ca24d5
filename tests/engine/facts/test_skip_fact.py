import pytest

from porch.engine.facts.actions import ConsumerHasMovedOn, retry_consumer, skip_fact
from porch.engine.facts.consuming import Consumer
from porch.engine.facts.hearing import Hearing
from porch.engine.facts.pull import Pulled, pull
from porch.engine.models import ConsumerPlace, SkippedFact
from porch.kit.refusals import NotFound
from tests.engine.facts.test_hearing import go_on, happen, hearing, place
from tests.village import NOON

tried: list[int] = []


def hear(fact: Pulled) -> None:
    tried.append(fact.id)
    if fact.ids.get("member_id") == 5:
        raise ValueError("not five")


@pytest.fixture
def stuck(db: None) -> Hearing:
    """A consumer that stands at the first of two facts."""
    tried.clear()
    happen(5, 6)
    found = hearing(Consumer("a", "community", hear))
    go_on(found)
    tried.clear()
    return found


def test_an_operator_skips_the_one_fact_and_that_is_noted(stuck: Hearing) -> None:
    five, six = pull("community")
    skip_fact(consumer="a", fact_id=five.id, by_id=1, at=NOON)
    go_on(stuck)
    assert tried[0] == six.id
    assert place().stuck_at is None
    skipped = SkippedFact.objects.get()
    assert (skipped.consumer, skipped.fact, skipped.skipped_by_id) == ("a", five.id, 1)
    assert "not five" in skipped.error
    noted = pull("community")[-1]
    assert (noted.kind, noted.ids["fact_id"]) == ("FactSkipped", five.id)


def test_no_other_fact_can_be_skipped(stuck: Hearing) -> None:
    six = pull("community")[-1]
    with pytest.raises(ConsumerHasMovedOn):
        skip_fact(consumer="a", fact_id=six.id, by_id=1, at=NOON)


def test_a_fact_is_skipped_once(stuck: Hearing) -> None:
    five = pull("community")[0]
    skip_fact(consumer="a", fact_id=five.id, by_id=1, at=NOON)
    with pytest.raises(ConsumerHasMovedOn):
        skip_fact(consumer="a", fact_id=five.id, by_id=1, at=NOON)


def test_an_operator_has_it_try_again_without_waiting(stuck: Hearing) -> None:
    go_on(stuck, 0.1)
    assert tried == []
    retry_consumer(consumer="a", by_id=1, at=NOON)
    go_on(stuck, 0.2)
    assert tried == [pull("community")[0].id]
    assert place().failures == 1


def test_nobody_of_that_name_is_nobody(db: None) -> None:
    with pytest.raises(NotFound):
        retry_consumer(consumer="nobody", by_id=1, at=NOON)
    assert not ConsumerPlace.objects.exists()
