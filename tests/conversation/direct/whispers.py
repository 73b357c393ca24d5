"""Direct conversations for tests."""

from datetime import datetime

from porch.community.membership.models import Member
from porch.community.roles.founding import admit_founder
from porch.conversation.direct.beginning import begin_direct
from porch.conversation.posts.models import Post
from porch.conversation.topics.models import Topic
from porch.people.identity.models import Person
from tests.village import NOON, add_person


def join(name: str, at: datetime = NOON) -> Person:
    """Let somebody in as a member."""
    person = add_person(name)
    admit_founder(person=person, at=at)
    return person


def number(person: Person) -> int:
    return Member.objects.get(person=person).pk


def write_to(
    *people: Person, by: Person, source: str = "Between us.", at: datetime = NOON, **what: str
) -> Post:
    return begin_direct(with_ids=[number(each) for each in people], source=source, by=by, at=at, **what)


def pair(one: Person, other: Person, source: str = "Between us.") -> Topic:
    return write_to(other, by=one, source=source).topic


def group(by: Person, *people: Person) -> Topic:
    return write_to(*people, by=by).topic
