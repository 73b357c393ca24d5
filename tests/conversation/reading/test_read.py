"""What is new to whom: exactly right, one row for each member and topic, whoever writes in between."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from porch.conversation.pages.reading_on import first_page
from porch.conversation.pages.reads import find_topic
from porch.conversation.reading.actions import NoSuchLevel, choose_level, mark_read, mark_unread
from porch.conversation.reading.models import Level, Reading
from porch.conversation.topics.models import Topic
from porch.kit.refusals import NotFound
from porch.people.identity.models import Person
from tests.community.circles.making import member_of
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.village import NOON, Village, browser


def seen(topic: Topic, person: Person) -> int:
    return find_topic(topic.pk, person.pk).seen


def read_to(topic: Topic, person: Person, number: int) -> None:
    mark_read(topic_id=topic.pk, member_id=member_of(person).pk, number=number, at=LATER)


def test_ones_own_words_are_read_and_the_topic_is_followed(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    found = find_topic(topic.pk, village.ben.pk)
    assert (found.seen, found.level) == (1, Level.FOLLOW)


def test_what_others_say_is_new(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    say(topic, village.ada)
    assert (seen(topic, village.ben), seen(topic, village.ada)) == (1, 0)


def test_an_answer_does_not_hide_what_one_has_not_read(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    say(topic, village.ada)
    say(topic, village.ben)
    assert seen(topic, village.ben) == 1


def test_reading_never_goes_back_by_itself(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    read_to(topic, village.ada, 5)
    read_to(topic, village.ada, 3)
    assert seen(topic, village.ada) == 5
    assert Reading.objects.filter(member=member_of(village.ada)).count() == 1


def test_one_marks_it_unread_from_a_post_on(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    read_to(topic, village.ada, 5)
    mark_unread(topic_id=topic.pk, number=3, by=village.ada, at=LATER)
    mark_unread(topic_id=topic.pk, number=4, by=village.ada, at=LATER)
    assert seen(topic, village.ada) == 2


def test_muted_stays_muted_when_one_writes(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    choose_level(topic_id=topic.pk, level=Level.MUTE, by=village.ada, at=NOON)
    say(topic, village.ada)
    assert find_topic(topic.pk, village.ada.pk).level == Level.MUTE


def test_nobody_chooses_what_there_is_not(village: Village) -> None:
    topic = topic_in(kitchen(village), village.ada)
    with pytest.raises(NoSuchLevel):
        choose_level(topic_id=topic.pk, level="loud", by=village.ada, at=NOON)
    with pytest.raises(NotFound):
        choose_level(topic_id=topic.pk, level=Level.MUTE, by=village.ben, at=NOON)
    with pytest.raises(NotFound):
        mark_unread(topic_id=topic.pk, number=1, by=village.ben, at=NOON)


def test_opening_a_topic_reads_the_page_that_it_shows(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    for _ in range(34):
        say(topic, village.ben)
    client = browser(village.ada)
    assert b"New since you were here" not in client.get(f"/inside/topics/{topic.pk}/").content
    assert seen(topic, village.ada) == 30
    page = client.get(f"/inside/topics/{topic.pk}/").content.decode()
    assert 'id="new"' in page
    assert 'id="p31"' in page
    assert seen(topic, village.ada) == 35


def test_a_page_that_passes_over_others_reads_nothing(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    for _ in range(34):
        say(topic, village.ben)
    browser(village.ada).get(f"/inside/topics/{topic.pk}/?page=2")
    assert seen(topic, village.ada) == 0


@pytest.mark.parametrize("headers", [{"sec-purpose": "prefetch;prerender"}])
def test_a_browser_that_fetches_ahead_reads_nothing(village: Village, headers: dict[str, str]) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    client = browser(village.ada)
    client.get(f"/inside/topics/{topic.pk}/", headers=headers)
    client.head(f"/inside/topics/{topic.pk}/")
    assert seen(topic, village.ada) == 0


def test_one_goes_on_where_one_stopped(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    for _ in range(64):
        say(topic, village.ben)
    pages = {}
    for number in (0, 29, 30, 59, 60, 64, 65):
        Reading.objects.filter(member=member_of(village.ada)).delete()
        read_to(topic, village.ada, number)
        pages[number] = first_page(find_topic(topic.pk, village.ada.pk))
    assert pages == {0: 1, 29: 1, 30: 2, 59: 2, 60: 3, 64: 3, 65: 3}


# Each example has a topic of its own.
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.booleans(), st.booleans()), max_size=12))
def test_new_is_what_came_after_the_last_look(village: Village, story: list[tuple[bool, bool]]) -> None:
    """Ben and Ada write in any order and read in between; the count is that of a careful reader with a pencil."""
    topic = topic_in(space_for(village.ada), village.ben)
    written, pencil = 1, 0
    for is_ada, reads in story:
        say(topic, village.ada if is_ada else village.ben)
        pencil = written + 1 if is_ada and pencil == written else pencil
        written += 1
        if reads:
            read_to(topic, village.ada, written)
            pencil = written
    assert (seen(topic, village.ada), find_topic(topic.pk, village.ada.pk).posts) == (pencil, written)
