"""How much is new in each space, in the list of spaces: what the lists of topics say, added up."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from porch.conversation.moving.actions import merge_topic
from porch.conversation.pages.reads import PAGE, latest
from porch.conversation.reading import counting
from porch.conversation.reading.actions import choose_level, mark_read
from porch.conversation.reading.counting import fresh_in_spaces
from porch.conversation.reading.models import Level
from porch.conversation.spaces.actions import archive_space
from porch.conversation.topics.models import Topic
from porch.people.identity.models import Person
from tests.community.circles.making import member_of
from tests.conversation.direct.whispers import join, pair
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.village import Village, browser


def slowly(person: Person) -> dict[str, tuple[int, int]]:
    """Count what is new by the list of all topics."""
    counts: dict[str, tuple[int, int]] = {}
    for each in latest(person.pk, 1)[:PAGE]:
        if each.fresh:
            topics, posts = counts.get(each.space__slug, (0, 0))
            counts[each.space__slug] = (topics + 1, posts + each.fresh)
    return counts


def counted(person: Person) -> dict[str, tuple[int, int]]:
    found = fresh_in_spaces(person.pk)
    slugs = dict(Topic.objects.values_list("space_id", "space__slug"))
    return {slugs[space]: many for space, many in found.items()}


def test_new_topics_and_posts_are_counted(village: Village) -> None:
    space = space_for(village.ada)
    topic = topic_in(space, village.ada)
    say(topic, village.ada)
    topic_in(space, village.ada, "Oats")
    assert counted(village.ben) == {"workshop": (2, 3)} == slowly(village.ben)
    mark_read(topic_id=topic.pk, member_id=member_of(village.ben).pk, number=1, at=LATER)
    assert counted(village.ben) == {"workshop": (2, 2)}
    mark_read(topic_id=topic.pk, member_id=member_of(village.ben).pk, number=2, at=LATER)
    assert counted(village.ben) == {"workshop": (1, 1)}
    assert counted(village.ada) == {}


def test_what_is_muted_merged_archived_or_direct_is_not_counted(village: Village) -> None:
    space, old = space_for(village.ada), space_for(village.ada, "Old")
    muted, gone, into = (topic_in(space, village.ada, name) for name in ("Muted", "Gone", "Into"))
    topic_in(old, village.ada)
    pair(village.ada, village.ben)
    choose_level(topic_id=muted.pk, level=Level.MUTE, by=village.ben, at=LATER)
    merge_topic(topic_id=gone.pk, into_id=into.pk, by=village.ada, at=LATER)
    archive_space(space=old, by=village.ada, at=LATER)
    assert counted(village.ben) == {"workshop": (1, 2)}


def test_what_was_said_before_one_came_is_not_new(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    say(topic, village.ada)
    second = timedelta(seconds=1)
    assert counted(join("eve", at=LATER + second)) == {}
    assert counted(join("fay", at=LATER)) == {"workshop": (1, 2)}


def test_who_is_no_member_has_nothing_new(village: Village) -> None:
    topic_in(space_for(village.ada), village.ada)
    assert fresh_in_spaces(village.dov.pk) == {}


def test_the_list_shows_it_of_what_one_reaches_only(village: Village) -> None:
    topic_in(space_for(village.ada), village.ada)
    topic_in(kitchen(village, village.ada), village.ada)
    shown = browser(village.ben).get("/inside/spaces/").content.decode()
    assert "Kitchen" in shown
    assert shown.count("1 new") == 1
    assert "new</span>" not in browser(village.ada).get("/inside/spaces/").content.decode()


def test_only_so_many_topics_are_looked_at(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    space = space_for(village.ada)
    for n in range(3):
        topic_in(space, village.ada, f"Topic {n}")
    monkeypatch.setattr(counting, "MOST_LOOKED_AT", 2)
    assert [each["fresh"] for each in counting.fresh_for(village.ben.pk)] == [2]


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from("srmn")), max_size=8))
def test_it_is_what_the_lists_say(village: Village, steps: list[tuple[int, str]]) -> None:
    space = space_for(village.ada)
    topics = [topic_in(space, village.ada, f"Topic {n}") for n in range(3)]
    for n, step in steps:
        topic = Topic.objects.get(pk=topics[n].pk)
        if step == "s":
            say(topic, village.ada)
        elif step == "r":
            mark_read(topic_id=topic.pk, member_id=member_of(village.ben).pk, number=topic.posts, at=LATER)
        else:
            level = Level.MUTE if step == "m" else Level.NORMAL
            choose_level(topic_id=topic.pk, level=level, by=village.ben, at=LATER)
    # Those of the runs before have been read to their end or not: the newest page has them all.
    assert {key: value for key, value in counted(village.ben).items() if key == space.slug} == {
        key: value for key, value in slowly(village.ben).items() if key == space.slug
    }
