"""Those who look after what is said close, pin, move and rename topics; nobody else does."""

from collections.abc import Callable

import pytest

from porch.conversation.spaces.actions import archive_space
from porch.conversation.spaces.models import Space
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
from tests.engine.promises.owing import at_once
from tests.village import Village, add_steward, browser, build_village


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
    assert (here.last_said_at, there.last_said_at) == (None, LATER)
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


def test_nothing_moves_where_nobody_writes(village: Village) -> None:
    topic, old = topic_in(space_for(village.ada), village.ben), space_for(village.ada, "Old")
    archive_space(space=old, by=village.ada, at=LATER)
    with pytest.raises(SpaceIsArchived):
        move_topic(topic_id=topic.pk, to_id=old.pk, by=village.ada, at=LATER)


def test_nothing_moves_where_one_does_not_reach(village: Village) -> None:
    space, elsewhere = kitchen(village, village.ben), space_for(village.ada, "Office", role=role_with())
    role_with(TEND_TOPICS, circle=space.circle, held_by=village.ben, name="Cook")
    topic = topic_in(space, village.ben)
    for to in (elsewhere.pk, 0):
        with pytest.raises(NotFound):
            move_topic(topic_id=topic.pk, to_id=to, by=village.ben, at=LATER)


def test_a_sensitive_topic_stays_where_it_is_sensitive(village: Village) -> None:
    space = kitchen(village, village.ben, is_sensitive=True)
    plain = space_for(village.ada, "Galley", circle=space.circle)
    with pytest.raises(WouldBeReadByOthers):
        move_topic(topic_id=topic_in(space, village.ben).pk, to_id=plain.pk, by=village.ada, at=LATER)


@pytest.mark.django_db(transaction=True)
def test_opposite_moves_and_answers_at_once_all_count() -> None:
    village = build_village()
    here, there = space_for(village.ada), space_for(village.ada, "Yard")
    one, two = topic_in(here, village.ben), topic_in(there, village.ben)
    calls = [
        lambda: move_topic(topic_id=one.pk, to_id=there.pk, by=village.ada, at=LATER).pk,
        lambda: move_topic(topic_id=two.pk, to_id=here.pk, by=village.ada, at=LATER).pk,
        lambda: say(one, village.ben).number,
        lambda: say(two, village.ben).number,
    ]
    assert [type(each) for each in at_once(*calls)] == [int] * 4
    for space in (here, there):
        space.refresh_from_db()
        assert (space.topics, space.posts) == (1, 2)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_said_after_the_closing() -> None:
    village = build_village()
    topic = topic_in(space_for(village.ada), village.ben)
    done = at_once(
        lambda: close_topic(topic_id=topic.pk, by=village.ada, at=LATER).pk,
        *[lambda: say(topic, village.ben).number] * 5,
    )
    said = [each for each in done if isinstance(each, int)]
    topic.refresh_from_db()
    assert topic.posts == len(said), "one of the numbers is the closing's own"
    assert {type(each) for each in done} <= {int, TopicIsClosed}


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


def test_a_right_in_the_circle_tends_its_space_alone(village: Village) -> None:
    space = kitchen(village, village.ben)
    role_with(TEND_TOPICS, circle=space.circle, held_by=village.ben)
    close_topic(topic_id=topic_in(space, village.ben).pk, by=village.ben, at=LATER)
    with pytest.raises(NotYoursToTend):
        close_topic(topic_id=topic_in(space_for(village.ada), village.ben).pk, by=village.ben, at=LATER)


def test_the_page_preselects_no_space_and_offers_none_where_others_would_read(village: Village) -> None:
    closed = topic_in(kitchen(village, village.ada, village.ben), village.ben)
    space_for(village.ada, "Window", is_glass=True, place=1)
    space_for(village.ada, "Pantry", circle=closed.space.circle)
    space_for(village.ada, "Yard")
    address = f"/inside/topics/{closed.pk}/care/"
    page = browser(village.ada).get(address).content.decode()
    assert '<option value="" selected>Choose a space</option>' in page
    offered = page.partition('id="to"')[2].partition("</select>")[0]
    assert [each in offered for each in ("Pantry", "Window", "Yard")] == [True, False, False]
    assert "Window: it is glass, so anyone would read what was written for members." in page
    assert "Yard: others would read there what was not written for them." in page
    refused = browser(village.ada).post(address, {"do": "move", "to": ""})
    assert (refused.status_code, "No space was chosen." in refused.content.decode()) == (422, True)
    window = Space.objects.get(name="Window")
    answer = browser(village.ada).post(address, {"do": "move", "to": str(window.pk)})
    assert answer.status_code == 409
    closed.refresh_from_db()
    assert closed.space.name == "Kitchen"


def test_what_is_glass_is_named_so_where_a_topic_can_go_there(village: Village) -> None:
    topic = topic_in(space_for(village.ada, "Window", is_glass=True), village.ben)
    space_for(village.ada, "Door", is_glass=True)
    page = browser(village.ada).get(f"/inside/topics/{topic.pk}/care/").content.decode()
    assert "Door (glass: anyone reads it, outside too)" in page
