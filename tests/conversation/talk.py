"""Spaces and topics for tests, made by the verbs that people use."""

from datetime import timedelta

from porch.conversation.posts.models import Post
from porch.conversation.posts.writing import begin_topic, write_post
from porch.conversation.spaces.actions import make_space
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.terms import SpaceTerms
from porch.conversation.topics.models import Topic
from porch.engine.facts.pull import pull
from porch.people.identity.models import Person
from tests.community.circles.making import bakers
from tests.village import NOON, Village

LATER = NOON + timedelta(hours=1)
KINDS = ("Space", "Topic", "Post", "Answer")


def space_for(by: Person, name: str = "Workshop", **what: object) -> Space:
    return make_space(terms=SpaceTerms(name=name, **what), by=by, at=NOON)


def kitchen(village: Village, *people: Person, **what: object) -> Space:
    """A space of the circle of bakers, in which are these."""
    return space_for(village.ada, "Kitchen", circle=bakers(*people), **what)


def topic_in(
    space: Space, by: Person, title: str = "Bread", source: str = "Rye or wheat?", **what: object
) -> Topic:
    return begin_topic(space_id=space.pk, title=title, source=source, by=by, at=NOON, **what).topic


def say(topic: Topic, by: Person, source: str = "Rye.", **what: object) -> Post:
    return write_post(topic_id=topic.pk, source=source, by=by, at=LATER, **what)


def noted() -> list[str]:
    """Give the kinds of what was noted of conversations, in order."""
    return [fact.kind for fact in pull("community", most=10_000) if fact.kind.startswith(KINDS)]
