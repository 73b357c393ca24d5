"""How much one hears of a space: what counts as new, and of what one is told; a topic can say otherwise."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from porch.community.circles.models import CircleMember
from porch.conversation.pages.reads import PAGE, find_space, latest, topics_in
from porch.conversation.posts.models import Mention
from porch.conversation.reading.actions import NoSuchLevel, choose_level, mark_read
from porch.conversation.reading.counting import fresh_in_spaces
from porch.conversation.reading.hearing import RoomIsOneTopic, choose_space_level
from porch.conversation.reading.models import Level
from porch.conversation.spaces.models import Heard, Space, SpaceLevel
from porch.conversation.spaces.reads import spaces_of
from porch.conversation.topics.models import Topic
from porch.kit.refusals import NotFound
from porch.people.identity.models import Person
from porch.web.api_talk.spaces import as_space
from tests.community.circles.making import member_of
from tests.community.roles.giving import role_with
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.notices.telling import counted, hear, hear_of, mentioned, told, waiting
from tests.village import Village, browser


def choose(space: Space, level: str, by: Person) -> None:
    choose_space_level(space_id=space.pk, level=level, by=by, at=LATER)


def fresh(space: Space, person: Person) -> list[int]:
    return [each.fresh for each in topics_in(find_space(space.slug, person.pk), person.pk, 1)]


def test_nothing_counts_as_new_in_a_muted_space(village: Village) -> None:
    space = space_for(village.ada)
    topic = topic_in(space, village.ada)
    assert fresh(space, village.ben) == [1]
    choose(space, Heard.MUTE, village.ben)
    assert fresh(space, village.ben) == [0]
    assert fresh_in_spaces(village.ben.pk) == {}
    assert latest(village.ben.pk, 1) == []
    page = browser(village.ben).get(f"/inside/spaces/{space.slug}/").content.decode()
    assert "is-muted" in page
    assert "data-stream" not in page, "and nothing is said of what comes in"
    say(topic, village.ada)
    choose(space, Heard.TRACK, village.ben)
    assert fresh(space, village.ben) == [2], "and all of it is there when it is tracked again"
    assert not SpaceLevel.objects.exists()
    assert fresh(space, village.ada) == [0]


@pytest.mark.parametrize(
    ("chosen", "for_topic", "is_new"),
    [
        (Heard.MUTE, Level.NORMAL, False),
        (Heard.MUTE, Level.TRACK, True),
        (Heard.MUTE, Level.FOLLOW, True),
        (Heard.FOLLOW, Level.MUTE, False),
        (Heard.FOLLOW, Level.NORMAL, True),
        (Heard.TOPICS, Level.NORMAL, True),
    ],
)
def test_what_is_chosen_for_a_topic_goes_before(
    village: Village, chosen: str, for_topic: str, is_new: bool
) -> None:
    space = space_for(village.ada)
    topic = topic_in(space, village.ada)
    choose(space, chosen, village.ben)
    choose_level(topic_id=topic.pk, level=for_topic, by=village.ben, at=LATER)
    assert fresh(space, village.ben) == [int(is_new)]
    assert bool(fresh_in_spaces(village.ben.pk)) is is_new
    assert bool(latest(village.ben.pk, 1)) is is_new


@pytest.mark.parametrize(
    ("chosen", "for_topic", "of_topics", "of_replies"),
    [
        (None, None, 0, 0),
        (Heard.FOLLOW, None, 1, 1),
        (Heard.TOPICS, None, 1, 0),
        (Heard.MUTE, None, 0, 0),
        (Heard.FOLLOW, Level.NORMAL, 1, 1),
        (Heard.FOLLOW, Level.TRACK, 1, 0),
        (Heard.FOLLOW, Level.MUTE, 1, 0),
        (Heard.MUTE, Level.FOLLOW, 0, 1),
        (Heard.TOPICS, Level.FOLLOW, 1, 1),
    ],
)
def test_who_follows_a_space_is_told(
    village: Village, chosen: str | None, for_topic: str | None, of_topics: int, of_replies: int
) -> None:
    space = space_for(village.ada)
    if chosen:
        choose(space, chosen, village.ben)
    topic = topic_in(space, village.ada)
    hear()
    assert len(told(village.ben)) == of_topics
    mark_read(topic_id=topic.pk, member_id=member_of(village.ben).pk, number=1, at=LATER)
    if for_topic:
        choose_level(topic_id=topic.pk, level=for_topic, by=village.ben, at=LATER)
    post = say(topic, village.ada)
    hear()
    assert [each for each in told(village.ben) if each[1] == post.pk] == [("FOLLOWED", post.pk)] * of_replies
    assert waiting(village.ben) == counted(village.ben) == of_replies
    assert told(village.ada) == []


def test_of_a_muted_space_one_is_told_only_what_is_said_to_one(village: Village) -> None:
    space = space_for(village.ada)
    choose(space, Heard.MUTE, village.ben)
    topic = topic_in(space, village.ada, kind="announcement")
    hear()
    assert told(village.ben) == []
    hear_of("BroadcastSent", topic_id=topic.pk)
    assert told(village.ben) == []
    post = say(topic, village.ada, "@Ben?")
    mentioned(post, village.ben)
    assert told(village.ben) == [("MENTION", post.pk)]
    assert waiting(village.ben) == 1


def test_a_role_is_nobody_by_name(village: Village) -> None:
    space, role = space_for(village.ada), role_with(held_by=village.ben)
    topic = topic_in(space, village.ada)
    choose(space, Heard.MUTE, village.ben)
    hear_of("RoleMentioned", post_id=say(topic, village.ada).pk, role_id=role.pk)
    assert told(village.ben) == []
    choose(space, Heard.TRACK, village.ben)
    post = say(topic, village.ada)
    hear_of("RoleMentioned", post_id=post.pk, role_id=role.pk)
    assert told(village.ben) == [("MENTION", post.pk)]


@pytest.mark.parametrize(("is_named", "many"), [(False, 0), (True, 1)])
def test_a_role_that_was_named_goes_with_muting_unless_they_were_too(
    is_named: bool, many: int, village: Village
) -> None:
    space, role = space_for(village.ada), role_with(held_by=village.ben)
    post = say(topic_in(space, village.ada), village.ada)
    Mention.objects.create(post=post, role=role, written="keepers")
    hear_of("RoleMentioned", post_id=post.pk, role_id=role.pk)
    if is_named:
        Mention.objects.create(post=post, member=member_of(village.ben), written="ben")
        mentioned(post, village.ben)
    assert waiting(village.ben) == counted(village.ben) == 1
    choose(space, Heard.MUTE, village.ben)
    assert waiting(village.ben) == counted(village.ben) == many
    choose(space, Heard.TRACK, village.ben)
    assert waiting(village.ben) == counted(village.ben) == 1


def test_what_waits_goes_with_muting_and_comes_back(village: Village) -> None:
    space = space_for(village.ada)
    choose(space, Heard.FOLLOW, village.ben)
    topic = topic_in(space, village.ada)
    hear()
    post = say(topic, village.ada)
    mentioned(post, village.ben)
    assert waiting(village.ben) == 2
    choose(space, Heard.MUTE, village.ben)
    assert waiting(village.ben) == counted(village.ben) == 1, "the mention stays"
    choose(space, Heard.TRACK, village.ben)
    assert waiting(village.ben) == counted(village.ben) == 2


def test_who_follows_a_space_that_they_lost_is_told_nothing(village: Village) -> None:
    space = kitchen(village, village.ben)
    choose(space, Heard.FOLLOW, village.ben)
    CircleMember.objects.filter(member__person=village.ben).delete()
    topic_in(space, village.ada)
    hear()
    assert told(village.ben) == []


def test_nobody_chooses_for_what_they_do_not_reach_or_what_there_is_not(village: Village) -> None:
    space, room = kitchen(village, village.ada), space_for(village.ada, "Corner", shape="room")
    for level in Heard.values:
        with pytest.raises(NotFound):
            choose(space, level, village.ben)
    with pytest.raises(NoSuchLevel):
        choose(space, "normal", village.ada)
    with pytest.raises(RoomIsOneTopic):
        choose(room, Heard.MUTE, village.ada)
    assert not SpaceLevel.objects.exists()


@pytest.mark.parametrize("who", ["ben", "dov", "cleo"])
def test_the_form_asks_who_reaches_it(who: str, village: Village) -> None:
    space = kitchen(village, village.ada)
    answer = browser(village.cast()[who]).post(f"/inside/spaces/{space.slug}/level/", {"level": "mute"})
    assert answer.status_code == (403 if who == "cleo" else 404)
    assert not SpaceLevel.objects.exists()


def test_the_page_says_what_is_chosen_and_the_list_too(village: Village) -> None:
    space = space_for(village.ada)
    ben = browser(village.ben)
    answer = ben.post(f"/inside/spaces/{space.slug}/level/", {"level": "topics"}, follow=True)
    assert "From now on you hear of it as you chose." in answer.text
    assert 'value="topics" aria-current="true"' in answer.text
    assert "New topics" in ben.get("/inside/spaces/").text
    assert as_space(row_of(space, village.ben))["level"] == "topics"
    assert as_space(row_of(space, village.ada))["level"] == "track"


def row_of(space: Space, person: Person) -> object:
    return spaces_of(person.pk).get(pk=space.pk)


LEVELS = st.sampled_from([None, *Level.values])


# Each example has spaces of its own.
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(Heard.values), st.lists(LEVELS, max_size=3)), max_size=3))
def test_the_list_of_spaces_adds_up_what_the_others_show(
    village: Village, story: list[tuple[str, list[str | None]]]
) -> None:
    """Whatever is chosen for spaces and topics: the sums, the lists of topics, and Latest say the same."""
    Topic.objects.update(merged_into=None)
    for heard, levels in story:
        space = space_for(village.ada)
        for level in levels:
            topic = topic_in(space, village.ada)
            if level:
                choose_level(topic_id=topic.pk, level=level, by=village.ben, at=LATER)
        choose(space, heard, village.ben)
    sums = fresh_in_spaces(village.ben.pk)
    for space in Space.objects.filter(is_direct=False):
        lines = [each for each in fresh(space, village.ben) if each]
        assert sums.get(space.pk, (0, 0)) == (len(lines), sum(lines))
    if Topic.objects.count() <= PAGE:
        assert sum(many for many, _ in sums.values()) == len(latest(village.ben.pk, 1))
