"""Members write: numbered densely, once, and only where they may."""

from datetime import timedelta

import pytest

from porch.community.leaving.actions import leave
from porch.conversation.posts.models import Post
from porch.conversation.posts.writing import NoSuchKind, NothingToAnswer, PostIsEmpty, begin_topic, write_post
from porch.conversation.spaces.actions import archive_space
from porch.conversation.topics.finding import SpaceIsArchived, TopicIsClosed
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import close_topic
from porch.engine.facts.pull import pull
from porch.kit.refusals import NotFound, Refusal
from porch.kit.text import LineIsEmpty, LineIsTooLong
from porch.people.identity.models import Person
from tests.community.circles.making import member_of
from tests.conversation.talk import LATER, kitchen, noted, say, space_for, topic_in
from tests.engine.promises.owing import at_once
from tests.village import NOON, Village, build_village


def numbers(topic: Topic) -> list[int]:
    return list(Post.objects.filter(topic=topic).order_by("number").values_list("number", flat=True))


def test_a_topic_begins_with_its_first_post(village: Village) -> None:
    space = space_for(village.ada)
    topic = topic_in(space, village.ben, " Which  bread? ", "**Rye** or wheat?", kind="question")
    first = Post.objects.get(topic=topic)
    space.refresh_from_db()
    assert (topic.title, topic.kind, topic.posts, topic.author) == (
        "Which bread?",
        "question",
        1,
        village.ben,
    )
    assert (first.number, first.author, "<strong>Rye</strong>" in first.html) == (1, village.ben, True)
    assert (space.topics, space.posts, space.last_said_at) == (1, 1, NOON)
    assert noted() == ["SpaceMade", "TopicBegun", "PostWritten"]


def test_posts_are_numbered_and_counted(village: Village) -> None:
    space = space_for(village.ada)
    topic = topic_in(space, village.ben)
    assert [say(topic, who).number for who in (village.ada, village.ben, village.ada)] == [2, 3, 4]
    topic.refresh_from_db()
    space.refresh_from_db()
    assert (topic.posts, topic.last_said_at) == (4, LATER)
    assert (space.topics, space.posts, space.last_said_at) == (1, 4, LATER)


def test_the_fact_says_whom_a_reply_answers(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    say(topic, village.ada, reply_to=1)
    *_, fact = pull("community", most=10_000)
    assert fact.ids["parent_post_id"] == Post.objects.get(number=1).pk
    assert fact.ids["target_member_id"] == member_of(village.ben).pk


def test_a_reply_answers_a_post_that_is_there(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    for number in (0, 2, 99):
        with pytest.raises(NothingToAnswer):
            say(topic, village.ada, reply_to=number)
    assert numbers(topic) == [1]


def test_what_is_sent_twice_is_said_once(village: Village) -> None:
    space = space_for(village.ada)
    topics = {topic_in(space, village.ben, sent_as="a").pk for _ in range(2)}
    topic = Topic.objects.get(pk=topics.pop())
    said = {say(topic, village.ben, sent_as="b").pk for _ in range(2)}
    assert (topics, len(said), numbers(topic)) == (set(), 1, [1, 2])


def test_other_words_under_a_key_are_said_too(village: Village) -> None:
    space = space_for(village.ada)
    topic, other = topic_in(space, village.ben), topic_in(space, village.ben)
    say(topic, village.ben, "One.", sent_as="k")
    assert say(topic, village.ben, "Two.", sent_as="k").number == 3
    assert say(other, village.ben, "One.", sent_as="k").topic_id == other.pk


def test_a_key_is_ones_own(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben, sent_as="a")
    assert say(topic, village.ada, sent_as="a").number == 2


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_nobody_writes_where_they_do_not_reach(village: Village, who: str) -> None:
    space, person = kitchen(village), getattr(village, who)
    topic = topic_in(space, village.ada)
    with pytest.raises(NotFound):
        topic_in(space, person)
    with pytest.raises(NotFound):
        say(topic, person)


def test_whoever_left_a_moment_ago_writes_nothing(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    leave(person=village.ben, wants_erasure=False, stops_mail=False, at=LATER)
    with pytest.raises(NotFound):
        say(topic, village.ben)


def test_nothing_is_written_in_a_closed_topic(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    close_topic(topic_id=topic.pk, by=village.ada, at=NOON)
    with pytest.raises(TopicIsClosed):
        say(topic, village.ada)


def test_nothing_is_written_in_an_archived_space(village: Village) -> None:
    space = space_for(village.ada)
    topic = topic_in(space, village.ben)
    archive_space(space=space, by=village.ada, at=NOON)
    with pytest.raises(SpaceIsArchived):
        say(topic, village.ben)
    with pytest.raises(SpaceIsArchived):
        topic_in(space, village.ben)


@pytest.mark.parametrize("source", ["", " \n\t", "\u200b", "[a]: /b"])
def test_an_empty_post_is_refused(village: Village, source: str) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    with pytest.raises(PostIsEmpty):
        say(topic, village.ben, source)


@pytest.mark.parametrize("source", ["x" * 10_000_000, "a\0b", "> " * 500 + "x"])
def test_what_cannot_be_shown_is_refused(village: Village, source: str) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    with pytest.raises(Refusal):
        say(topic, village.ben, source)
    assert numbers(topic) == [1]


@pytest.mark.parametrize(("title", "no"), [("", LineIsEmpty), ("x" * 151, LineIsTooLong)])
def test_a_title_is_a_line(village: Village, title: str, no: type[Refusal]) -> None:
    with pytest.raises(no):
        topic_in(space_for(village.ada), village.ben, title)


def test_a_topic_is_of_a_kind_that_there_is(village: Village) -> None:
    with pytest.raises(NoSuchKind):
        topic_in(space_for(village.ada), village.ben, kind="rumour")


def test_a_clock_that_was_set_back_takes_no_topic_down(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    write_post(topic_id=topic.pk, source="Early", by=village.ben, at=NOON - timedelta(days=1))
    topic.refresh_from_db()
    assert topic.last_said_at == NOON


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_a_number_each() -> None:
    village = build_village()
    space = space_for(village.ada)
    topic = topic_in(space, village.ben)

    def write(person: Person) -> object:
        return write_post(topic_id=topic.pk, source="Hear", by=person, at=LATER).number

    said = at_once(*[lambda who=who: write(who) for who in (village.ada, village.ben) * 3])
    space.refresh_from_db()
    assert (sorted(map(str, said)), numbers(topic)) == (list("234567"), list(range(1, 8)))
    assert space.posts == 7


@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_once_it_is_said_once() -> None:
    village = build_village()
    topic = topic_in(space_for(village.ada), village.ben)

    def send() -> object:
        return write_post(topic_id=topic.pk, source="Hear", by=village.ben, at=LATER, sent_as="k").pk

    assert len({str(each) for each in at_once(send, send, send)}) == 1
    assert numbers(topic) == [1, 2]


def test_a_topic_in_a_space_that_is_not_there_is_refused(village: Village) -> None:
    with pytest.raises(NotFound):
        begin_topic(space_id=0, title="x", source="y", by=village.ada, at=NOON)
