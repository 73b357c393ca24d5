"""Searching by tags, kinds, states and days: the same answers from both databases."""

from datetime import timedelta

import pytest

from porch.conversation.answers.actions import choose_answer
from porch.conversation.posts.models import Post
from porch.conversation.search.reads import search
from porch.conversation.tags.actions import rename_tag, tag_topic
from porch.conversation.tags.models import Tag
from porch.conversation.topics.models import Topic
from tests.conversation.search.seeking import found
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.village import NOON, Village, browser


@pytest.fixture
def topics(village: Village) -> dict[str, Topic]:
    """Three topics of everyone's with tags, and one of the bakers that others do not reach."""
    space, closed = space_for(village.ada), kitchen(village, village.ada, is_hidden=True)
    return {
        "rye": topic_in(space, village.ben, "Rye", "Dough one", tags="Bread, Rye bread"),
        "oat": topic_in(space, village.ben, "Oat", "Dough two", tags="bread, c++", kind="question"),
        "tea": topic_in(space, village.ben, "Tea", "Dough three", tags="Café"),
        "hush": topic_in(closed, village.ada, "Hush", "Dough four", tags="bread, secret"),
    }


def titles(query: str, person: object) -> list[str]:
    posts = Post.objects.select_related("topic").in_bulk(found(query, person))
    return sorted(f"{each.topic.title} {each.number}" for each in posts.values())


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("tag:bread", ["Oat 1", "Rye 1"]),
        ("tag:BREAD dough", ["Oat 1", "Rye 1"]),
        ('tag:bread tag:"rye bread"', ["Rye 1"]),
        ("tag:bread tag:cafe", []),
        ("tag:cafe", ["Tea 1"]),
        ("tag:#Café", ["Tea 1"]),
        ("tag:c++", ["Oat 1"]),
        ("-tag:bread dough", ["Tea 1"]),
        ("tag:bread -tag:c++", ["Rye 1"]),
        ("tag:bread is:unanswered", ["Oat 1"]),
        ("tag:bread is:answered", []),
        ("tag:brea", []),
        ("tag:secret", []),
        ("tag:nothing", []),
        ("dough tag:bread one", ["Rye 1"]),
    ],
)
def test_by_tags(village: Village, topics: dict[str, Topic], query: str, wanted: list[str]) -> None:
    assert titles(query, village.ben) == wanted


@pytest.mark.parametrize("who", ["ben", "dov"])
def test_a_tag_tells_nothing_of_what_one_does_not_reach(
    village: Village, topics: dict[str, Topic], who: str
) -> None:
    person = getattr(village, who)
    told = [search(f"tag:{name}", person.pk, cursor=None) for name in ("secret", "nothing")]
    assert [(page.posts, page.on, asked.problems) for page, asked in told] == [([], None, [])] * 2
    assert titles("tag:secret", village.ada) == ["Hush 1"]


def test_every_post_of_a_tagged_topic_is_found_by_its_words(
    village: Village, topics: dict[str, Topic]
) -> None:
    say(topics["rye"], village.ada, "More dough")
    say(topics["tea"], village.ada, "More dough")
    assert titles("more tag:bread", village.ben) == ["Rye 2"]


def test_a_tag_is_found_by_what_it_is_called_now(village: Village, topics: dict[str, Topic]) -> None:
    rename_tag(tag_id=Tag.objects.get(folded="bread").pk, name="Loaf", by=village.ada, at=LATER)
    tag_topic(topic_id=topics["tea"].pk, tags="loaf", by=village.ben, at=LATER)
    assert titles("tag:bread", village.ben) == []
    assert titles("tag:loaf", village.ben) == ["Oat 1", "Rye 1", "Tea 1"]


def test_a_tag_without_a_name_is_told(village: Village, topics: dict[str, Topic]) -> None:
    _page, asked = search('dough tag:""', village.ben.pk, cursor=None)
    assert asked.problems == ["After “tag:” comes the name of a tag."]


def test_a_question_is_unanswered_until_it_is_answered(village: Village, topics: dict[str, Topic]) -> None:
    say(topics["oat"], village.ada, "Two.")
    assert titles("is:unanswered", village.ben) == ["Oat 1"]
    choose_answer(topic_id=topics["oat"].pk, number=2, by=village.ben, at=LATER)
    assert titles("is:unanswered", village.ben) == []
    assert titles("is:answered", village.ben) == ["Oat 1"]
    choose_answer(topic_id=topics["oat"].pk, number=None, by=village.ben, at=LATER)
    assert titles("is:unanswered", village.ben) == ["Oat 1"]


def test_before_a_day_is_before_it_begins(village: Village, topics: dict[str, Topic]) -> None:
    day = NOON.date()
    assert titles(f"tag:bread before:{day}", village.ben) == []
    assert titles(f"tag:bread before:{day + timedelta(days=1)}", village.ben) == ["Oat 1", "Rye 1"]
    assert titles(f"tag:bread after:{day}", village.ben) == ["Oat 1", "Rye 1"]


def test_the_page_of_the_search_tells_of_tags(village: Village, topics: dict[str, Topic]) -> None:
    shown = browser(village.ben).get("/inside/search/", {"q": "tag:bread"}).content.decode()
    assert "tag:bread" in shown
    assert ">Rye</a>" in shown
    assert "Hush" not in shown
