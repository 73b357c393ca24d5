"""Asks for tests, made by the verb that people use."""

from datetime import timedelta

from porch.conversation.asks.asking import make_ask
from porch.conversation.asks.models import Ask
from porch.conversation.asks.whom import Whom
from porch.conversation.posts.models import Post
from porch.people.identity.models import Person
from tests.village import NOON

FRIDAY = NOON + timedelta(days=4)


def ask_of(post: Post, by: Person, **whom: object) -> Ask:
    return make_ask(post_id=post.pk, whom=Whom(**whom), until=FRIDAY, by=by, at=NOON)
