"""A poll begins as a topic does, with what can be chosen."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.conversation.polls.models import Option, Poll
from porch.conversation.polls.opening import (
    NoSuchEnd,
    PollTerms,
    SameOptionTwice,
    WrongNumberOfChoices,
    WrongNumberOfOptions,
    clean_poll,
    open_poll,
)
from porch.conversation.posts.writing import NoSuchKind, begin_topic
from porch.conversation.topics.models import Topic
from porch.kit.refusals import NotFound, Refusal
from tests.conversation.polls.polling import poll_in
from tests.conversation.talk import kitchen, space_for
from tests.village import NOON, Village


def test_a_poll_is_a_topic_with_its_question_as_the_title(village: Village) -> None:
    poll = poll_in(space_for(village.ada), village.ben, most=2, is_secret=True)
    topic = Topic.objects.get()
    assert (poll.topic, topic.kind, topic.title, topic.posts) == (topic, "poll", "Which flour?", 1)
    assert list(poll.options.order_by("place").values_list("text", flat=True)) == ["Rye", "Wheat", "Oats"]


@pytest.mark.parametrize(
    ("what", "refusal"),
    [
        ({"options": ["One", "  "]}, WrongNumberOfOptions),
        ({"options": [str(n) for n in range(21)]}, WrongNumberOfOptions),
        ({"options": ["Rye", "rye "]}, SameOptionTwice),
        ({"options": ["a", "b"], "most": 3}, WrongNumberOfChoices),
        ({"options": ["a", "b"], "most": 0}, WrongNumberOfChoices),
        ({"options": ["a", "b"], "closes_at": NOON}, NoSuchEnd),
        ({"options": ["a", "b"], "closes_at": NOON + timedelta(days=367)}, NoSuchEnd),
    ],
)
def test_what_makes_no_poll_is_refused_and_leaves_no_topic(
    village: Village, what: dict[str, object], refusal: type[Refusal]
) -> None:
    space = space_for(village.ada)
    with pytest.raises(refusal):
        poll_in(space, village.ben, **what)
    assert not Topic.objects.exists()


@given(st.lists(st.text(max_size=160), max_size=25), st.integers(-1, 25))
def test_whatever_is_typed_it_is_a_poll_or_a_refusal(options: list[str], most: int) -> None:
    try:
        terms = clean_poll(PollTerms(options=options, most=most), at=NOON)
    except Refusal:
        return
    assert 2 <= len(terms.options) <= 20
    assert 1 <= terms.most <= len(terms.options)
    assert all(0 < len(each) <= 150 for each in terms.options)


def test_a_topic_of_this_kind_does_not_begin_without_options(village: Village) -> None:
    space = space_for(village.ada)
    with pytest.raises(NoSuchKind):
        begin_topic(space_id=space.pk, title="x", source="x", kind="poll", by=village.ben, at=NOON)


def test_sent_twice_it_is_opened_once(village: Village) -> None:
    space = space_for(village.ada)
    for _ in range(2):
        open_poll(
            space_id=space.pk,
            title="x",
            source="x",
            terms=PollTerms(options=["a", "b"]),
            by=village.ben,
            at=NOON,
            sent_as="key",
        )
    assert (Poll.objects.count(), Option.objects.count()) == (1, 2)


def test_nobody_opens_one_where_they_are_not(village: Village) -> None:
    space = kitchen(village, village.ben)
    poll_in(space, village.ben)
    with pytest.raises(NotFound):
        poll_in(space, village.dov)
