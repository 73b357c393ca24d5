"""The states of a promise are said once, and everything that speaks of them covers them all."""

from porch.engine.promises.actions import FACTS
from porch.engine.promises.models import Promise, PromiseChange
from porch.engine.promises.states import GRAPH, SHOWN, State
from porch.web.promises import COLOURS, FILTERS, STEPS


def test_the_graph_the_tables_and_the_pages_know_the_same_states() -> None:
    assert set(GRAPH) == set(State) == {each for states in SHOWN.values() for each in states}
    assert set(State) == {to for ways in GRAPH.values() for to in ways}
    assert set(FACTS) == set(State) - {State.OWED}
    for model in (Promise, PromiseChange):
        assert model._meta.get_field("state").choices == State.choices


def test_pages_name_no_state_that_is_none() -> None:
    assert {*COLOURS, *STEPS, *FILTERS} <= set(State)
    assert set(FILTERS) == set(SHOWN)
