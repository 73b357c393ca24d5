"""Those who look after what is said close, pin, move and rename topics; nobody else does."""

from collections.abc import Callable

import pytest

from porch.community.roles.rights import Right
from porch.conversation.spaces.actions import archive_space
from porch.conversation.spaces.rights import TEND_TOPICS
from porch.conversation.topics.finding import NotYoursToTend, SpaceIsArchived, TopicIsClosed
from porch.conversation.topics.models import Closure, Topic
from porch.conversation.topics.tending import (
    WouldBeReadByOthers,
    close_topic,
    move_topic,
    pin_topic,
    rename_topic,
    reopen_topic,
)
from porch.engine.audit.models import AuditEntry
from porch.kit.refusals import NotFound
from porch.kit.text import LineIsEmpty
from porch.people.identity.models import Person
from tests.community.roles.giving import role_with
from tests.conversation.talk import LATER, kitchen, noted, say, space_for, topic_in
from tests.village import Village, add_steward


def acts(topic: Topic, by: Person) -> list[Callable[[], object]]:
    return [
        lambda: close_topic(topic_id=topic.pk, by=by, at=LATER),
        lambda: reopen_topic(topic_id=topic.pk, by=by, at=LATER),
        lambda: pin_topic(topic_id=topic.pk, is_pinned=True, by=by, at=LATER),
        lambda: move_topic(topic_id=topic.pk, to_id=topic.space_id, by=by, at=LATER),
    ]


def test_nobody_without_the_right_does_any_of_it(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    for act in acts(topic, village.ben):
        with pytest.raises(NotYoursToTend):
            act()
    for act in acts(topic, village.dov):
        with pytest.raises(NotFound):
            act()


def test_closed_once_and_opened_again(village: Village) -> None:
    sol, topic = add_steward(), topic_in(space_for(village.ada), village.ben)
    for _ in range(2):
        close_topic(topic_id=topic.pk, by=sol, at=LATER, reason="Settled")
    assert (Closure.objects.get().by, Closure.objects.get().reason) == (sol, "Settled")
    for _ in range(2):
        reopen_topic(topic_id=topic.pk, by=sol, at=LATER)
    assert noted()[-2:] == ["TopicClosed", "TopicReopened"]
    say(topic, village.ben)


def test_pinned_and_not(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    for is_pinned in (True, True, False):
        pin_topic(topic_id=topic.pk, is_pinned=is_pinned, by=village.ada, at=LATER)
    assert noted()[-2:] == ["TopicPinned", "TopicUnpinned"]


def test_a_topic_moves_with_everything_said_in_it(village: Village) -> None:
    here, there = space_for(village.ada), space_for(village.ada, "Yard")
    topic = topic_in(here, village.ben)
    say(topic, village.ada)
    move_topic(topic_id=topic.pk, to_id=there.pk, by=village.ada, at=LATER)
    here.refresh_from_db()
    there.refresh_from_db()
    assert ((here.topics, here.posts), (there.topics, there.posts)) == ((0, 0), (1, 2))
    assert AuditEntry.objects.filter(act="topic-moved").count() == 1


def test_a_topic_stays_where_others_would_come_to_read_it(village: Village) -> None:
    topic = topic_in(kitchen(village, village.ben), village.ben)
    glass, every = space_for(village.ada, "Window", is_glass=True), space_for(village.ada, "Yard")
    for space in (glass, every):
        with pytest.raises(WouldBeReadByOthers):
            move_topic(topic_id=topic.pk, to_id=space.pk, by=village.ada, at=LATER)
    with pytest.raises(WouldBeReadByOthers):
        move_topic(topic_id=topic_in(every, village.ben).pk, to_id=glass.pk, by=village.ada, at=LATER)


def test_a_topic_for_all_moves_where_fewer_read_it(village: Village) -> None:
    topic, to = topic_in(space_for(village.ada), village.ben), kitchen(village)
    assert move_topic(topic_id=topic.pk, to_id=to.pk, by=village.ada, at=LATER).space == to


def test_nothing_moves_where_one_does_not_reach_or_nobody_writes(village: Village) -> None:
    topic, hidden, old = (
        topic_in(space_for(village.ada), village.ben),
        kitchen(village),
        space_for(village.ada, "Old"),
    )
    archive_space(space=old, by=village.ada, at=LATER)
    role_with(TEND_TOPICS, held_by=village.ben)
    with pytest.raises(SpaceIsArchived):
        move_topic(topic_id=topic.pk, to_id=old.pk, by=village.ben, at=LATER)
    with pytest.raises(NotFound):
        move_topic(topic_id=topic.pk, to_id=0, by=village.ben, at=LATER)
    assert move_topic(topic_id=topic.pk, to_id=hidden.pk, by=village.ben, at=LATER).space == hidden


def test_whoever_began_it_gives_it_another_title_while_it_is_open(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    renamed = rename_topic(topic_id=topic.pk, title=" Rye  bread ", by=village.ben, at=LATER)
    assert renamed.title == "Rye bread"
    close_topic(topic_id=topic.pk, by=village.ada, at=LATER)
    with pytest.raises(TopicIsClosed):
        rename_topic(topic_id=topic.pk, title="x", by=village.ben, at=LATER)


def test_a_steward_renames_it_and_its_beginner_can_read_that(village: Village) -> None:
    sol, topic = add_steward(), topic_in(space_for(village.ada), village.ben)
    rename_topic(topic_id=topic.pk, title="Rye", by=sol, at=LATER)
    assert AuditEntry.objects.get(act="topic-renamed").about_id == village.ben.pk


def test_nobody_else_renames_it_and_never_to_nothing(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    with pytest.raises(NotYoursToTend):
        rename_topic(topic_id=topic.pk, title="x", by=village.ben, at=LATER)
    with pytest.raises(LineIsEmpty):
        rename_topic(topic_id=topic.pk, title=" ", by=village.ada, at=LATER)


@pytest.mark.parametrize("right", [TEND_TOPICS])
def test_a_right_in_the_circle_tends_its_space_alone(village: Village, right: Right) -> None:
    space = kitchen(village, village.ben)
    role_with(right, circle=space.circle, held_by=village.ben)
    close_topic(topic_id=topic_in(space, village.ben).pk, by=village.ben, at=LATER)
    with pytest.raises(NotYoursToTend):
        close_topic(topic_id=topic_in(space_for(village.ada), village.ben).pk, by=village.ben, at=LATER)
