"""Whoever is silenced sees why and until when in place of each form, and loses nothing that they write."""

from datetime import timedelta

import pytest

from porch.conversation.drafts.models import Draft
from porch.conversation.posts.models import Post
from porch.conversation.topics.models import Topic
from porch.kit.time import now
from porch.moderation.appeals.actions import make_appeal
from porch.moderation.sanctions.actions import Sentence, lift, strike
from porch.moderation.sanctions.models import Strike
from tests.community.circles.making import member_of
from tests.conversation.direct.whispers import pair
from tests.conversation.talk import say, space_for, topic_in
from tests.village import Village, browser

WHY = "You shouted at Sol."
SAYS = "You are silenced here, and write nothing for now."
FORM = 'name="source"'


@pytest.fixture
def topic(village: Village) -> Topic:
    return topic_in(space_for(village.ada), village.ben)


def silence(village: Village, **until: int) -> Strike:
    at = now()
    sentence = Sentence(
        kind="silence", why="abuse", message=WHY, until=at + timedelta(**(until or {"days": 3}))
    )
    return strike(person=village.ben, sentence=sentence, by=village.ada, at=at)


def places(village: Village, topic: Topic) -> list[str]:
    mine = Post.objects.get(topic=topic, number=1)
    ada = member_of(village.ada).pk
    return [
        f"/inside/topics/{topic.pk}/",
        "/inside/spaces/workshop/new/",
        "/inside/spaces/workshop/new-poll/",
        f"/inside/direct/new/?to={ada}&more=1",
        f"/inside/posts/{mine.pk}/change/",
    ]


def test_each_form_gives_way_to_why_until_when_and_where_to_appeal(village: Village, topic: Topic) -> None:
    told = silence(village)
    client = browser(village.ben)
    direct = pair(village.ada, village.ben)
    for place in [*places(village, topic), f"/inside/topics/{direct.pk}/"]:
        page = client.get(place).content.decode()
        assert (SAYS in page, WHY in page, FORM in page) == (True, True, False), place
        assert f'datetime="{told.until:%Y-%m-%dT%H:%M}' in page
        assert "/account/sanctions/" in page
    other = browser(village.ada).get(f"/inside/topics/{topic.pk}/").content.decode()
    assert (SAYS in other, FORM in other) == (False, True)


def test_a_room_says_it_too(village: Village) -> None:
    space_for(village.ada, "Lounge", shape="room")
    silence(village)
    page = browser(village.ben).get("/inside/spaces/lounge/").content.decode()
    assert (SAYS in page, FORM in page) == (True, False)


def test_the_forms_are_there_again_when_it_is_over_or_lifted(village: Village, topic: Topic) -> None:
    told = silence(village)
    Strike.objects.filter(pk=told.pk).update(at=now() - timedelta(days=4), until=now() - timedelta(seconds=1))
    client = browser(village.ben)
    for place in places(village, topic):
        assert FORM in client.get(place).content.decode()
    again = silence(village)
    assert FORM not in client.get(f"/inside/topics/{topic.pk}/").content.decode()
    lift(strike_id=again.pk, by=village.ada, at=now())
    assert FORM in client.get(f"/inside/topics/{topic.pk}/").content.decode()


def test_what_is_sent_all_the_same_is_kept_as_a_draft(village: Village, topic: Topic) -> None:
    told = silence(village)
    client = browser(village.ben)
    answer = client.post(f"/inside/topics/{topic.pk}/posts/", {"source": "My long words"})
    page = answer.content.decode()
    assert (answer.status_code, "My long words" in page, "It is kept among your drafts" in page) == (
        403,
        True,
        True,
    )
    begun = {"title": "New", "source": "More words", "kind": "question"}
    page = client.post("/inside/spaces/workshop/new/", begun).content.decode()
    assert "It is kept among your drafts" in page
    assert set(Draft.objects.filter(person=village.ben).values_list("source", "title")) == {
        ("My long words", ""),
        ("More words", "New"),
    }
    assert "My long words" in client.get(f"/inside/topics/{topic.pk}/").content.decode()
    lift(strike_id=told.pk, by=village.ada, at=now())
    page = client.get(f"/inside/topics/{topic.pk}/").content.decode()
    assert (FORM in page, "My long words" in page) == (True, True)


def test_who_has_appealed_is_told_so(village: Village, topic: Topic) -> None:
    told = silence(village)
    make_appeal(strike_id=told.pk, words="It was a joke.", by=village.ben, at=now())
    page = browser(village.ben).get(f"/inside/topics/{topic.pk}/").content.decode()
    assert ("You have appealed." in page, "Read it, or appeal" in page) == (True, False)


def test_a_warning_takes_no_form_away(village: Village, topic: Topic) -> None:
    sentence = Sentence(kind="warning", why="abuse", message=WHY)
    strike(person=village.ben, sentence=sentence, by=village.ada, at=now())
    say(topic, village.ada)
    assert FORM in browser(village.ben).get(f"/inside/topics/{topic.pk}/").content.decode()
