"""Spaces of glass are read by anyone, and nothing else of what is said inside is."""

import pytest
from django.test import Client

from porch.bridge.glass.reads import GLASS_POSTS
from porch.conversation.posts.changing import delete_post
from porch.conversation.posts.models import Post
from porch.conversation.spaces.actions import change_space
from porch.conversation.spaces.terms import SpaceTerms
from porch.conversation.topics.models import Topic
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.village import NOON, Village, add_steward, browser

SECRET = "the yeast is in the attic"


@pytest.fixture
def open_topic(village: Village) -> Topic:
    topic = topic_in(space_for(village.ada, "Window", is_glass=True), village.ben, "Bread", "Rye?")
    say(topic, village.ada, "Rye.")
    return topic


def both(topic: Topic) -> tuple[str, str]:
    return f"/glass/{topic.space.slug}/", f"/glass/topics/{topic.pk}/"


@pytest.mark.parametrize("who", ["ada", "ben", "dov", "cleo"])
def test_anyone_reads_what_is_said_in_glass(village: Village, open_topic: Topic, who: str) -> None:
    client = browser(getattr(village, who))
    space, topic = (client.get(path) for path in both(open_topic))
    assert (space.status_code, topic.status_code) == (200, 200)
    assert "Bread" in space.content.decode()
    assert all(words in topic.content.decode() for words in ("Rye?", "Rye.", "Ben", "Owner"))


def test_the_front_page_names_the_spaces_of_glass(village: Village, cleo: Client) -> None:
    assert "Listen in" not in cleo.get("/").content.decode()
    space_for(village.ada, "Window", is_glass=True)
    space_for(village.ada, "Workshop")
    page = cleo.get("/").content.decode()
    assert ("Window" in page, "Workshop" in page) == (True, False)


@pytest.mark.parametrize("of", ["every member", "a circle"])
def test_nothing_else_is_read_from_outside(
    village: Village, cleo: Client, of: str, open_topic: Topic
) -> None:
    space = space_for(village.ada) if of == "every member" else kitchen(village, village.ben)
    topic = topic_in(space, village.ben, SECRET, SECRET)
    for path in (*both(topic), "/", *both(open_topic)):
        assert SECRET not in cleo.get(path).content.decode()
    assert [cleo.get(path).status_code for path in both(topic)] == [404, 404]
    assert GLASS_POSTS.all(topic=topic.pk, after=0) == []


def test_what_is_deleted_is_gone_from_outside_at_once(
    village: Village, cleo: Client, open_topic: Topic
) -> None:
    delete_post(post_id=Post.objects.get(number=1).pk, by=village.ben, at=LATER)
    page = cleo.get(both(open_topic)[1]).content.decode()
    assert "Rye?" not in page
    assert "This post was deleted." in page


def test_the_glass_is_taken_away_at_once(village: Village, cleo: Client, open_topic: Topic) -> None:
    change_space(space=open_topic.space, terms=SpaceTerms(name="Window"), by=add_steward(), at=NOON)
    assert [cleo.get(path).status_code for path in both(open_topic)] == [404, 404]
    assert "Listen in" not in cleo.get("/").content.decode()


def test_longer_topics_and_spaces_have_pages(village: Village, cleo: Client, open_topic: Topic) -> None:
    for number in range(30):
        say(open_topic, village.ben, f"Post {number} it is")
        topic_in(open_topic.space, village.ben, f"Topic {number} it is")
    space, topic = both(open_topic)
    assert "Post 29 it is" not in cleo.get(topic).content.decode()
    assert "Post 29 it is" in cleo.get(f"{topic}?page=2").content.decode()
    assert "Topic 0 it is" in cleo.get(f"{space}?page=2").content.decode()
    for path in (
        f"{topic}?page=3",
        f"{topic}?page=x",
        "/glass/topics/99999999999999999999/",
        "/glass/x/?page=0",
    ):
        assert cleo.get(path).status_code == 404
