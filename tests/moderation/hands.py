"""Newcomers and stewards for tests, and what they do."""

from datetime import datetime, timedelta

from porch.community.circles.models import Circle
from porch.community.joining.actions import let_in
from porch.community.joining.models import Way
from porch.conversation.posts.models import Deletion, Post
from porch.conversation.posts.writing import WritingIsHeld, begin_topic, write_post
from porch.conversation.spaces.models import Space
from porch.conversation.topics.models import Topic
from porch.kit.refusals import Refusal
from porch.moderation.holding.models import HeldPost
from porch.moderation.queue.actions import decide
from porch.moderation.queue.models import Decision
from porch.moderation.reports.actions import report_post
from porch.moderation.reports.models import Report
from porch.people.identity.models import Person
from tests.village import NOON, add_person

LATER = NOON + timedelta(hours=1)
SPAM = "Buy pills at https://pills.example/now"


def newcomer(name: str = "nia", at: datetime = NOON) -> Person:
    """Add somebody who came through the open door."""
    person = add_person(name)
    let_in(person=person, circle=Circle.objects.get(is_whole=True), way=Way.OPEN, at=at)
    return person


def try_to_say(topic: Topic, by: Person, source: str, at: datetime = LATER, **what: object) -> str:
    """Write, and say what became of it: said, held, or the name of the refusal."""
    try:
        write_post(topic_id=topic.pk, source=source, by=by, at=at, **what)
    except WritingIsHeld:
        return "held"
    except Refusal as no:
        return no.kind
    return "said"


def try_to_begin(space: Space, by: Person, source: str, at: datetime = LATER, title: str = "Hello") -> str:
    try:
        begin_topic(space_id=space.pk, title=title, source=source, by=by, at=at)
    except WritingIsHeld:
        return "held"
    except Refusal as no:
        return no.kind
    return "said"


def report(post: Post, by: Person, at: datetime = LATER, why: str = "spam") -> Report:
    return report_post(post_id=post.pk, why=why, words="", by=by, at=at)


def is_hidden(post: Post) -> bool:
    return Deletion.objects.filter(post=post, is_hidden=True).exists()


def is_shown(post: Post) -> bool:
    return not Deletion.objects.filter(post=post).exists()


def remove(about: Person, by: Person, at: datetime = LATER, **what: object) -> Decision:
    return decide(about=about, verdict="remove", why="spam", by=by, at=at, **what)


def let_stand(about: Person, by: Person, at: datetime = LATER) -> Decision:
    return decide(about=about, verdict="stand", by=by, at=at)


def shown_by(person: Person) -> list[Post]:
    """Give what of somebody can be read."""
    return list(Post.objects.filter(author=person, deletion__isnull=True).order_by("pk"))


def waiting(person: Person) -> int:
    return HeldPost.objects.filter(author=person, state="waiting").count()
