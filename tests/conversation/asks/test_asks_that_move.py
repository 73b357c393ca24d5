"""A post that asks goes to another topic with its ask, and back."""

from porch.conversation.moving.actions import merge_topic, split_topic
from porch.conversation.moving.models import Transfer
from porch.conversation.moving.undoing import undo_transfer
from porch.conversation.topics.models import Topic
from tests.conversation.asks.asking import ask_of
from tests.conversation.talk import LATER, say, space_for, topic_in
from tests.village import Village, browser


def counts(*topics: Topic) -> list[int]:
    return [Topic.objects.get(pk=each.pk).asks for each in topics]


def test_a_topic_shows_the_asks_that_came_to_it(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    post = say(topic, village.ada, "Who brings flour?")
    ask_of(post, village.ada)
    assert counts(topic) == [1]
    to = split_topic(topic_id=topic.pk, numbers=[post.number], title="Flour", by=village.ada, at=LATER)
    assert counts(topic, to) == [0, 1]
    shown = browser(village.ben).get(f"/inside/topics/{to.pk}/").content.decode()
    assert f"/inside/posts/{post.pk}/ask/" in shown
    merge_topic(topic_id=to.pk, into_id=topic.pk, by=village.ada, at=LATER)
    assert counts(topic, to) == [1, 0]
    undo_transfer(transfer_id=Transfer.objects.latest("pk").pk, by=village.ada, at=LATER)
    assert counts(topic, to) == [0, 1]
