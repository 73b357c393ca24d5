"""Members give posts an emoji and take it back; the numbers on the post are exact."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from porch.community.leaving.actions import leave
from porch.conversation.posts.changing import PostIsDeleted, delete_post
from porch.conversation.posts.models import Post
from porch.conversation.reactions.actions import MOST_OF_ONE, TooManyKinds, TooManyOfYours, react
from porch.conversation.reactions.emoji import NotOneEmoji, clean_emoji
from porch.conversation.reactions.models import Reaction
from porch.conversation.spaces.actions import archive_space
from porch.conversation.topics.finding import SpaceIsArchived
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import close_topic
from porch.engine.facts.pull import pull
from porch.kit.refusals import NotFound
from porch.people.erasure.actions import erase_person
from porch.people.identity.models import Person
from tests.community.circles.making import member_of
from tests.conversation.talk import LATER, kitchen, space_for, topic_in
from tests.engine.promises.owing import at_once
from tests.village import Village, browser, build_village

MANY = [chr(each) for each in range(0x1F600, 0x1F620)]
FAMILY = "👨‍👩‍👧‍👦"
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"


def give(topic: Topic, by: Person, emoji: str = "👍", **what: object) -> str:
    return react(post_id=first(topic).pk, emoji=emoji, by=by, at=LATER, **what)


def first(topic: Topic) -> Post:
    return Post.objects.get(topic=topic, number=1)


@pytest.fixture
def topic(village: Village) -> Topic:
    return topic_in(space_for(village.ada), village.ben)


def test_given_and_taken_back(village: Village, topic: Topic) -> None:
    assert give(topic, village.ada) == "👍 1"
    assert give(topic, village.ben, "🎉") == "👍 1 🎉 1"
    assert give(topic, village.ben) == "👍 2 🎉 1"
    assert first(topic).reactions == "👍 2 🎉 1"
    assert give(topic, village.ben) == "👍 1 🎉 1"
    assert give(topic, village.ada) == "🎉 1"
    assert Reaction.objects.count() == 1


def test_said_twice_what_is_wanted_it_stays(village: Village, topic: Topic) -> None:
    for _ in range(2):
        assert give(topic, village.ada, is_given=True) == "👍 1"
    for _ in range(2):
        assert give(topic, village.ada, is_given=False) == ""


def test_the_facts_hold_who_and_whose(village: Village, topic: Topic) -> None:
    give(topic, village.ada)
    give(topic, village.ada)
    *_, given, back = pull("community", most=10_000)
    assert (given.kind, back.kind) == ("PostReacted", "ReactionWithdrawn")
    assert given.ids == back.ids
    assert given.ids["post_id"] == first(topic).pk
    assert (given.ids["topic_id"], given.ids["space_id"]) == (topic.pk, topic.space_id)
    assert given.ids["member_id"] == member_of(village.ada).pk
    assert given.ids["target_member_id"] == member_of(village.ben).pk


def test_only_those_who_reach_the_post(village: Village) -> None:
    topic = topic_in(kitchen(village, village.ada), village.ada)
    for who in (village.ben, village.dov):
        with pytest.raises(NotFound):
            give(topic, who)
    assert give(topic, village.ada) == "👍 1"


def test_whoever_left_a_second_ago_gives_nothing(village: Village, topic: Topic) -> None:
    leave(person=village.ben, wants_erasure=False, stops_mail=False, at=LATER)
    with pytest.raises(NotFound):
        give(topic, village.ben)


def test_a_closed_topic_takes_them_and_an_archived_space_does_not(village: Village, topic: Topic) -> None:
    close_topic(topic_id=topic.pk, by=village.ada, at=LATER)
    assert give(topic, village.ben) == "👍 1"
    archive_space(space=topic.space, by=village.ada, at=LATER)
    with pytest.raises(SpaceIsArchived):
        give(topic, village.ben)


def test_a_deleted_post_takes_none(village: Village, topic: Topic) -> None:
    delete_post(post_id=first(topic).pk, by=village.ben, at=LATER)
    with pytest.raises(PostIsDeleted):
        give(topic, village.ada)


def test_one_gives_twelve_and_not_thirteen(village: Village, topic: Topic) -> None:
    for each in MANY[:MOST_OF_ONE]:
        give(topic, village.ada, each)
    with pytest.raises(TooManyOfYours):
        give(topic, village.ada, MANY[12])
    give(topic, village.ada, MANY[0])
    give(topic, village.ada, MANY[12])


def test_a_post_has_twenty_kinds_and_not_more(village: Village, topic: Topic) -> None:
    for each in MANY[:10]:
        give(topic, village.ada, each)
    for each in MANY[10:20]:
        give(topic, village.ben, each)
    with pytest.raises(TooManyKinds):
        give(topic, village.ada, MANY[20])
    give(topic, village.ada, MANY[15])


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("❤", "❤️"),
        ("❤️", "❤️"),
        (" 👍 ", "👍"),
        ("👍🏽", "👍🏽"),
        (FAMILY, FAMILY),
        ("🏳‍🌈", "🏳️‍🌈"),
        ("1⃣", "1️⃣"),
        ("🇵🇹", "🇵🇹"),
        (SCOTLAND, SCOTLAND),
        ("☝🏽", "☝🏽"),
    ],
)
def test_one_emoji_has_one_spelling(typed: str, kept: str) -> None:
    assert clean_emoji(typed) == kept
    assert clean_emoji(kept) == kept


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "",
            " ",
            "a",
            "ok",
            "👍👍",
            "👍a",
            "👍\u202e",
            "\u200d",
            "👍\u200d",
            "1",
            "🇵",
            "<b>",
            "👍 🎉",
            "\x00",
            "漢",
        ),
        "👍\n👍",
        "👍" * 500,
        "\u200d".join("👩" * 12),
        "🏴" + "\U000e0061" * 9,
    ],
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(NotOneEmoji):
        clean_emoji(typed)


@given(st.text(max_size=20))
def test_whatever_is_typed_is_one_short_emoji_or_refused(typed: str) -> None:
    try:
        kept = clean_emoji(typed)
    except NotOneEmoji:
        return
    assert 0 < len(kept) <= 16
    assert not any(each.isalpha() or each.isspace() for each in kept)
    assert clean_emoji(kept) == kept


def test_who_is_erased_takes_their_reactions_along(village: Village, topic: Topic) -> None:
    give(topic, village.ada)
    give(topic, village.ben)
    erase_person(person=village.ben, by=village.ada, at=LATER, reason="Asked.")
    assert first(topic).reactions == "👍 1"


@pytest.mark.django_db(transaction=True)
def test_at_once_the_numbers_are_exact() -> None:
    village = build_village()
    topic = topic_in(space_for(village.ada), village.ben)
    people = [village.ada, village.ben]
    at_once(*[lambda who=who, e=e: give(topic, who, e) for who in people for e in ("👍", "🎉", "👀")])
    counts = dict(zip(*[iter(first(topic).reactions.split())] * 2, strict=True))
    assert counts == {"👍": "2", "🎉": "2", "👀": "2"}
    at_once(*[lambda who=who: give(topic, who, "👍", is_given=False) for who in people * 2])
    assert sorted(first(topic).reactions.split()) == ["2", "2", "🎉", "👀"]


def test_the_page_gives_and_shows_who(village: Village, topic: Topic) -> None:
    client, post = browser(village.ben), first(topic)
    address = f"/inside/posts/{post.pk}/reactions/"
    assert client.post(address, {"emoji": "🎉"})["Location"].endswith("#p1")
    assert "Ben" in client.get(address).content.decode()
    shown = client.get(f"/inside/topics/{topic.pk}/?page=1").content.decode()
    assert 'data-mine="🎉"' in shown
    assert 'value="🎉" aria-pressed="true"' in shown
    other = browser(village.ada).get(f"/inside/topics/{topic.pk}/?page=1").content.decode()
    assert 'value="🎉" aria-pressed="false"' in other
    refused = client.post(address, {"emoji": "<b>loud"})
    assert refused.status_code == 422
    assert "A reaction is one emoji." in refused.content.decode()
    assert "<b>loud" not in refused.content.decode()


def test_a_script_gets_the_list_alone(village: Village, topic: Topic) -> None:
    address = f"/inside/posts/{first(topic).pk}/reactions/"
    headers = {"Porch-Fragment": "reactions"}
    answer = browser(village.ben).post(address, {"emoji": "🎉", "is": "given"}, headers=headers)
    assert answer.content.decode().strip().startswith('<ul class="reactions"')
    assert 'aria-pressed="true"' in answer.content.decode()


def test_pages_tell_nobody_else(village: Village) -> None:
    topic = topic_in(kitchen(village, village.ada, is_hidden=True), village.ada)
    give(topic, village.ada)
    for who in (village.ben, village.dov, None):
        answer = browser(who).get(f"/inside/posts/{first(topic).pk}/reactions/")
        assert "👍" not in answer.content.decode()
