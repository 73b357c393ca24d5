"""Only what somebody reaches is found, in the moment in which they ask; what is deleted is found by nobody."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member
from porch.community.roles.models import RoleHolder
from porch.conversation.posts.changing import delete_post, edit_post, restore_post
from porch.conversation.posts.models import Post
from porch.conversation.search.indexing import mend
from porch.conversation.search.models import Entry
from porch.conversation.search.words import words_of
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import move_topic, rename_topic
from porch.people.erasure.actions import erase_person
from tests.conversation.search.seeking import found
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.village import NOON, Village, add_person, add_steward, browser

QUERIES = ("sourdough", '"sourdough starter"', "sour*", "-nothing sourdough", "sourdough is:open", "is:first")


@pytest.fixture
def secret(village: Village) -> Topic:
    """Something said among the bakers alone, of whom Ada is one."""
    topic = topic_in(
        kitchen(village, village.ada), village.ada, title="Sourdough", source="Sourdough starter"
    )
    say(topic, village.ada, "More sourdough starter")
    return topic


@pytest.mark.parametrize("query", QUERIES)
def test_each_of_the_cast_finds_what_they_reach(village: Village, secret: Topic, query: str) -> None:
    sol = add_steward()
    assert found(query, village.ada)
    assert found(query, sol), "who looks after what is said reads it"
    assert found(query, village.ben) == []
    assert found(query, village.dov) == []


@pytest.mark.parametrize("query", QUERIES)
def test_whoever_was_taken_out_of_a_circle_a_moment_ago_finds_nothing(
    village: Village, secret: Topic, query: str
) -> None:
    ben = Member.objects.get(person=village.ben)
    seat = CircleMember.objects.create(circle=secret.space.circle, member=ben, joined_at=NOON)
    assert found(query, village.ben)
    seat.delete()
    assert found(query, village.ben) == []


@pytest.mark.parametrize("away", ["left_at", "suspended_until", "paused_at"])
def test_whoever_is_away_finds_nothing(village: Village, away: str) -> None:
    topic_in(space_for(village.ada), village.ben, source="Rye bread")
    assert found("rye", village.ben)
    Member.objects.filter(person=village.ben).update(**{away: NOON + timedelta(days=9_000)})
    assert found("rye", village.ben) == []


def test_whoever_loses_a_role_finds_nothing_more(village: Village, secret: Topic) -> None:
    sol = add_steward()
    RoleHolder.objects.filter(member__person=sol).delete()
    assert found("sourdough", sol) == []


def test_a_space_that_one_does_not_read_is_no_space(village: Village, secret: Topic) -> None:
    shown = browser(village.ben).get("/inside/search/?q=in:kitchen").content.decode()
    other = browser(village.ben).get("/inside/search/?q=in:cellar").content.decode()
    assert "No space that you read is called “kitchen”" in shown
    assert shown.replace("kitchen", "cellar").split("<main")[1] == other.split("<main")[1]


def test_what_is_deleted_is_found_by_nobody_until_it_is_restored(village: Village) -> None:
    post = say(topic_in(space_for(village.ada), village.ben), village.ben, "Zwieback")
    delete_post(post_id=post.pk, by=village.ben, at=LATER)
    assert found("zwieback", village.ben) == found("zwieback", village.ada) == []
    restore_post(post_id=post.pk, by=village.ben, at=LATER)
    assert found("zwieback", village.ben) == [post.pk]


def test_an_edited_post_is_found_by_what_it_says_now(village: Village) -> None:
    post = say(topic_in(space_for(village.ada), village.ben), village.ben, "Zwieback")
    edit_post(post_id=post.pk, source="Knäckebröd", edits=0, by=village.ben, at=LATER)
    assert found("zwieback", village.ben) == []
    assert found("knackebrod", village.ben) == [post.pk]


def test_a_renamed_topic_is_found_by_its_new_title(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben, title="Zwieback")
    rename_topic(topic_id=topic.pk, title="Pumpernickel", by=village.ben, at=LATER)
    assert found("zwieback", village.ben) == []
    assert found("pumpernickel", village.ben) == [Post.objects.get(topic=topic).pk]


def test_a_moved_topic_is_found_where_it_is(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben, source="Zwieback")
    to = space_for(village.ada, "Garden")
    move_topic(topic_id=topic.pk, to_id=to.pk, by=village.ada, at=LATER)
    assert len(found("zwieback in:garden", village.ben)) == 1
    assert found("zwieback in:workshop", village.ben) == []


def test_cut_words_of_somebody_erased_are_no_longer_found(village: Village) -> None:
    topic = topic_in(
        space_for(village.ada), village.ben, title="Ask dov@example.org", source="at dov@example.org"
    )
    post = say(topic, village.ben, "Or write to dov@example.org, or to ada@example.org")
    assert found('"dov@example.org"', village.ben)
    erase_person(person=village.dov, by=None, at=LATER)
    assert found("dov", village.ben) == found("dov@example.org", village.ben) == []
    assert found("ada@example.org", village.ben) == [post.pk]
    assert all(each.wrong == 0 for each in mend(fix=False))


def test_what_somebody_said_who_left_is_found(village: Village) -> None:
    eva = add_person("eva")
    topic = topic_in(space_for(village.ada), village.ada)
    post = say(topic, village.ada, "Zwieback")
    Post.objects.filter(pk=post.pk).update(author=eva)
    erase_person(person=eva, by=None, at=LATER)
    assert found("zwieback", village.ben) == [post.pk]


def test_the_index_is_mended_where_it_is_wrong(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    one, other = say(topic, village.ben, "Zwieback"), say(topic, village.ben, "Brioche")
    Entry.objects.filter(pk=one.pk).delete()
    Entry.objects.filter(pk=other.pk).update(words=words_of("", "<p>zwieback</p>", topic.space_id))
    assert found("zwieback", village.ben) == [other.pk]
    assert sum(each.wrong for each in mend(fix=False)) == 2
    assert sum(each.wrong for each in mend()) == 2
    assert sum(each.wrong for each in mend()) == 0
    assert found("zwieback", village.ben) == [one.pk]
    assert found("brioche", village.ben) == [other.pk]


def test_a_search_takes_few_queries(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben, title="Zwieback")
    for n in range(30):
        say(topic, village.ben, f"Zwieback {n}")
    one = browser(village.ben)
    for query in ("zwieback", "zwieback from:ben", "zwieback in:workshop", "zwieback is:open -oats"):
        with CaptureQueriesContext(connection) as asked:
            assert one.get("/inside/search/", {"q": query}).status_code == 200
        assert len(asked) <= 8, query
