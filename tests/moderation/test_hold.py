"""What a new member writes waits where it looks like spam, and reaches nobody before."""

from datetime import timedelta

import pytest

from porch.conversation.posts.models import Post
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import close_topic
from porch.engine.facts.pull import pull
from porch.kit.refusals import NotFound
from porch.moderation.holding.actions import IsDecided, withdraw_held
from porch.moderation.holding.models import HeldPost
from porch.moderation.queue.actions import NothingWaits
from tests.conversation.talk import space_for, topic_in
from tests.moderation.hands import (
    LATER,
    SPAM,
    let_stand,
    newcomer,
    remove,
    shown_by,
    try_to_begin,
    try_to_say,
    waiting,
)
from tests.village import NOON, Village, browser

MINUTE = timedelta(minutes=1)


def test_a_link_of_a_new_member_waits(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    assert try_to_say(topic, nia, SPAM) == "held"
    held = HeldPost.objects.get(author=nia)
    topic.refresh_from_db()
    assert (held.why, held.state, held.topic, topic.posts, shown_by(nia)) == (
        "links",
        "waiting",
        topic,
        1,
        [],
    )


def test_what_waits_reaches_nobody(village: Village) -> None:
    space, nia = space_for(village.ada, is_glass=True), newcomer()
    topic = topic_in(space, village.ben)
    before = [fact.kind for fact in pull("community", most=10_000)]
    try_to_say(topic, nia, SPAM)
    try_to_begin(space, nia, SPAM, title="Pills for all")
    for person in (village.ada, village.ben, nia):
        for page in (f"/inside/topics/{topic.pk}/", f"/inside/spaces/{space.slug}/", "/inside/latest/"):
            assert b"ills" not in browser(person).get(page).content
    assert b"ills" not in browser().get(f"/glass/{space.slug}/").content
    after = [fact.kind for fact in pull("community", most=10_000)]
    assert after[len(before) :] == ["PostHeld", "PostHeld"]


def test_plain_words_of_a_new_member_stand(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    assert try_to_say(topic, nia, "Hello, I bake rye.") == "said"
    assert try_to_say(topic, nia, "See https://de.wikipedia.org/wiki/Brot") == "said"


@pytest.mark.parametrize(
    "source",
    [
        "https://pills.example/x",
        "[x](http://PILLS.example)",
        "<https://wikipedia.org.pills.example/>",
        "[x](//pills.example/)",
        "Go to www.pills.example",
        "[a](https://wikipedia.org@pills.example/)",
    ],
)
def test_a_link_is_found_however_it_is_written(village: Village, source: str) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    assert try_to_say(topic, nia, source) == "held"


def test_the_same_words_wait_even_from_another_account(village: Village) -> None:
    topic, nia, ned = topic_in(space_for(village.ada), village.ben), newcomer(), newcomer("ned")
    assert try_to_say(topic, nia, "Our shop has the best prices.") == "said"
    assert try_to_say(topic, nia, "our shop: has the BEST prices!") == "held"
    assert try_to_say(topic, ned, "Our shop has the best prices") == "held"


def test_who_writes_within_a_minute_of_joining_waits(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    assert try_to_say(topic, nia, "First!", NOON + MINUTE - timedelta(seconds=1)) == "held"
    assert try_to_say(topic, nia, "Second!", NOON + MINUTE) == "said"


def test_a_burst_stops_by_itself(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    became = [try_to_say(topic, nia, f"Word number {n} of mine") for n in range(5)]
    assert became == ["said", "said", "said", "held", "held"]
    assert try_to_say(topic, nia, "A calm word", LATER + timedelta(hours=3)) == "held", "others wait"


def test_a_second_topic_in_a_row_waits(village: Village) -> None:
    space, nia = space_for(village.ada), newcomer()
    assert try_to_begin(space, nia, "One question", title="One") == "said"
    assert try_to_begin(space, nia, "Another question", title="Two") == "held"


def test_what_is_sent_twice_is_held_once(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    assert [try_to_say(topic, nia, SPAM, sent_as="k") for _ in range(2)] == ["held", "held"]
    assert waiting(nia) == 1


def test_members_of_old_are_not_held(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    assert [try_to_say(topic, who, SPAM) for who in (village.ben, village.ada)] == ["said", "said"]


def test_approved_it_is_said_in_their_name_and_with_the_time(village: Village) -> None:
    space, nia = space_for(village.ada), newcomer()
    topic = topic_in(space, village.ben)
    try_to_say(topic, nia, SPAM, reply_to=1)
    try_to_begin(space, nia, SPAM + " too", title="Pills")
    at = LATER + timedelta(days=1)
    let_stand(nia, village.ada, at)
    first, second = shown_by(nia)
    assert (first.topic, first.reply_to, first.at, first.author) == (topic, 1, at, nia)
    assert (second.topic.title, second.number, second.topic.author) == ("Pills", 1, nia)
    assert list(HeldPost.objects.values_list("state", flat=True)) == ["approved", "approved"]


def test_approved_twice_it_is_said_once(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    try_to_say(topic, nia, SPAM)
    let_stand(nia, village.ada)
    with pytest.raises(NothingWaits):
        let_stand(nia, village.ada)
    assert len(shown_by(nia)) == 1


def test_where_nothing_is_written_any_more_it_is_declined(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    try_to_say(topic, nia, SPAM)
    close_topic(topic_id=topic.pk, by=village.ada, at=LATER)
    let_stand(nia, village.ada)
    held = HeldPost.objects.get(author=nia)
    assert (held.state, held.reason, shown_by(nia)) == ("declined", "This topic is closed.", [])


def test_one_takes_ones_own_back(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    try_to_say(topic, nia, SPAM)
    held = HeldPost.objects.get(author=nia)
    with pytest.raises(NotFound):
        withdraw_held(held_id=held.pk, by=village.ben, at=LATER)
    withdraw_held(held_id=held.pk, by=nia, at=LATER)
    assert waiting(nia) == 0
    with pytest.raises(IsDecided):
        withdraw_held(held_id=held.pk, by=nia, at=LATER)


def test_whoever_wrote_it_finds_it_and_what_became_of_it(village: Village) -> None:
    topic, nia = topic_in(space_for(village.ada), village.ben), newcomer()
    mine = browser(nia)
    answer = mine.post(f"/inside/topics/{topic.pk}/posts/", {"source": SPAM})
    assert answer["Location"] == "/inside/held/"
    assert "Your post waits for a look by a steward." in mine.get("/inside/held/").content.decode()
    remove(nia, village.ada, reason="No pills.")
    assert "No pills." in mine.get("/inside/held/").content.decode()
    assert Topic.objects.count() == Post.objects.count() == 1
