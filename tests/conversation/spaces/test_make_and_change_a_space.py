"""Spaces are made and changed by whoever may; what was said for few is never opened to more."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from porch.community.circles.actions import found_whole
from porch.community.roles.rules import NeedsRight
from porch.conversation.spaces.actions import (
    WasSaidForFewer,
    archive_space,
    change_space,
    make_space,
    reopen_space,
)
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rights import MANAGE_SPACES
from porch.conversation.spaces.terms import (
    CircleOrRole,
    GlassIsForAll,
    HiddenFromNobody,
    NoSuchPlace,
    SpaceTerms,
    clean_terms,
    terms_of,
)
from porch.engine.audit.models import AuditEntry
from porch.kit.refusals import Refusal
from porch.kit.text import LineIsEmpty
from tests.community.circles.making import bakers
from tests.community.roles.giving import role_with
from tests.conversation.talk import kitchen, noted, space_for, topic_in
from tests.village import NOON, Village, add_steward

GARDEN = SpaceTerms(name="Garden", description="What grows", icon="🌱", place=3)


def test_a_steward_makes_a_space(village: Village) -> None:
    sol = add_steward()
    space = make_space(terms=replace(GARDEN, name=" The  garden "), by=sol, at=NOON)
    assert (space.slug, terms_of(space)) == ("the-garden", replace(GARDEN, name="The garden"))
    assert noted() == ["SpaceMade"]
    assert AuditEntry.objects.get(act="space-made").by_id == sol.pk


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_nobody_without_the_right_does_any_of_it(village: Village, who: str) -> None:
    person, space = getattr(village, who), space_for(village.ada)
    for act in (
        lambda: make_space(terms=GARDEN, by=person, at=NOON),
        lambda: change_space(space=space, terms=GARDEN, by=person, at=NOON),
        lambda: archive_space(space=space, by=person, at=NOON),
        lambda: reopen_space(space=space, by=person, at=NOON),
    ):
        with pytest.raises(NeedsRight):
            act()
    assert noted() == ["SpaceMade"]


def test_a_right_in_a_circle_makes_spaces_for_it_alone(village: Village) -> None:
    circle = bakers(village.ben)
    role_with(MANAGE_SPACES, circle=circle, held_by=village.ben)
    assert make_space(terms=replace(GARDEN, circle=circle), by=village.ben, at=NOON).circle == circle
    with pytest.raises(NeedsRight):
        make_space(terms=GARDEN, by=village.ben, at=NOON)


def test_a_right_in_a_circle_does_not_take_its_space_out_of_it(village: Village) -> None:
    circle = bakers(village.ben)
    role_with(MANAGE_SPACES, circle=circle, held_by=village.ben)
    space = make_space(terms=replace(GARDEN, circle=circle), by=village.ben, at=NOON)
    with pytest.raises(NeedsRight):
        change_space(space=space, terms=GARDEN, by=village.ben, at=NOON)


@pytest.mark.parametrize(
    ("wrong", "no"),
    [
        ({"name": " "}, LineIsEmpty),
        ({"place": -1}, NoSuchPlace),
        ({"place": 1001}, NoSuchPlace),
        ({"is_hidden": True}, HiddenFromNobody),
        ({"is_glass": True, "is_sensitive": True}, GlassIsForAll),
    ],
)
def test_what_no_space_can_be_is_refused(
    village: Village, wrong: dict[str, object], no: type[Refusal]
) -> None:
    with pytest.raises(no):
        make_space(terms=replace(GARDEN, **wrong), by=village.ada, at=NOON)
    assert not Space.objects.exists()


def test_a_space_is_not_for_a_circle_and_a_role(village: Village) -> None:
    with pytest.raises(CircleOrRole):
        clean_terms(replace(GARDEN, circle=bakers(), role=role_with()))


@pytest.mark.parametrize("some", [{"circle": bakers}, {"role": role_with}])
def test_glass_is_for_all(village: Village, some: dict[str, object]) -> None:
    made = {name: make() for name, make in some.items()}  # type: ignore[operator]
    with pytest.raises(GlassIsForAll):
        clean_terms(replace(GARDEN, is_glass=True, **made))


def test_the_whole_community_is_every_member(village: Village) -> None:
    assert clean_terms(replace(GARDEN, circle=found_whole(at=NOON))).circle is None


def test_a_hidden_space_leaves_no_trace_in_the_address_of_another(village: Village) -> None:
    hidden = kitchen(village, is_hidden=True)
    assert hidden.slug != "kitchen"
    assert space_for(village.ada, "Kitchen").slug == "kitchen"
    assert space_for(village.ada, "Kitchen").slug == "kitchen-2"


def test_an_empty_space_is_opened_to_others(village: Village) -> None:
    space = kitchen(village)
    opened = change_space(space=space, terms=replace(terms_of(space), circle=None), by=village.ada, at=NOON)
    assert opened.circle is None


@pytest.mark.parametrize("opening", ["all", "glass", "other circle", "role"])
def test_what_was_said_is_not_opened_to_others(village: Village, opening: str) -> None:
    space = space_for(village.ada) if opening == "glass" else kitchen(village, village.ben)
    topic_in(space, village.ben)
    terms = {
        "all": {"circle": None},
        "glass": {"is_glass": True},
        "other circle": {"circle": bakers(slug="others", name="Others")},
        "role": {"circle": None, "role": role_with()},
    }[opening]
    with pytest.raises(WasSaidForFewer):
        change_space(space=space, terms=replace(terms_of(space), **terms), by=village.ada, at=NOON)


def test_what_was_said_in_a_sensitive_space_stays_so(village: Village) -> None:
    space = space_for(village.ada, is_sensitive=True)
    topic_in(space, village.ben)
    with pytest.raises(WasSaidForFewer):
        change_space(space=space, terms=replace(terms_of(space), is_sensitive=False), by=village.ada, at=NOON)


def test_what_was_said_for_all_may_be_kept_to_some(village: Village) -> None:
    space, circle = space_for(village.ada), bakers()
    topic_in(space, village.ben)
    kept = change_space(
        space=space, terms=replace(terms_of(space), circle=circle, is_hidden=True), by=village.ada, at=NOON
    )
    assert (kept.circle, kept.is_hidden) == (circle, True)


def test_nothing_changed_is_nothing_noted(village: Village) -> None:
    space = space_for(village.ada)
    change_space(space=space, terms=terms_of(space), by=village.ada, at=NOON)
    assert noted() == ["SpaceMade"]


def test_archived_and_opened_again_once_each(village: Village) -> None:
    space = space_for(village.ada)
    for _ in range(2):
        assert archive_space(space=space, by=village.ada, at=NOON).archived_at == NOON
    for _ in range(2):
        assert reopen_space(space=space, by=village.ada, at=NOON).archived_at is None
    assert noted() == ["SpaceMade", "SpaceArchived", "SpaceReopened"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.text(max_size=600), st.text(max_size=40))
def test_any_words_are_cleaned_or_refused(name: str, description: str, icon: str) -> None:
    try:
        terms = clean_terms(SpaceTerms(name=name, description=description, icon=icon))
    except Refusal:
        return
    assert clean_terms(terms) == terms
