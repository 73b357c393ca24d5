"""What the servers hold while they are measured: thirty members, thirty pieces, one signed-in browser."""

import json
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import transaction

from porch.audience.articles.actions import publish_article
from porch.community.membership.models import Member
from porch.community.newcomers.actions import dismiss_first_steps
from porch.community.roles.founding import admit_founder
from porch.conversation.posts.writing import begin_topic, write_post
from porch.conversation.reading.actions import mark_read
from porch.conversation.spaces.actions import make_space
from porch.conversation.spaces.terms import SpaceTerms
from porch.conversation.topics.models import Topic
from porch.people.identity.actions import appoint_owner
from porch.people.identity.models import Person
from porch.people.sessions.store import SessionStore

BEGUN = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
ROWS = 30
SUMMARY = (
    "We met under the old plum tree, counted the chairs twice & agreed to paint the door before the rain comes. "
    "Whoever has a ladder brings it; whoever has none brings bread, and the children choose the colour."
)


@transaction.atomic
def settle() -> None:
    """Fill an empty house and print the cookies of the owner's browser as JSON."""
    owner = appoint_owner(at=BEGUN)
    admit_founder(person=owner, at=BEGUN)
    # The page that is measured is that of a member who has been here for a while.
    dismiss_first_steps(by=owner, at=BEGUN)
    for n in range(ROWS):
        at = BEGUN + timedelta(hours=n, minutes=7 * n)
        publish_article(title=f"What happened on day {n}, and who was there", source=SUMMARY, by=owner, at=at)
        admit_founder(person=add_person(f"Neighbour Number {n}", at), at=at)
    talk(owner)
    print(json.dumps({settings.SESSION_COOKIE_NAME: sign_in(owner), settings.CSRF_COOKIE_NAME: "c" * 32}))


def talk(owner: Person) -> None:
    """Fill a space with a page of topics, of which the first has a page of posts, and have the owner read it."""
    space = make_space(terms=SpaceTerms(name="Workshop", description=SUMMARY[:60]), by=owner, at=BEGUN)
    neighbours = list(Person.objects.exclude(pk=owner.pk))
    for n in range(ROWS):
        at = BEGUN + timedelta(days=2, hours=n)
        begin_topic(space_id=space.pk, title=f"What about day {n}?", source=SUMMARY, by=neighbours[n], at=at)
    topic = Topic.objects.get(title="What about day 0?")
    for n in range(1, ROWS):
        at = BEGUN + timedelta(days=9, hours=n)
        source = f"**{n}** {SUMMARY}\n\n> {SUMMARY[:80]}\n\nSee [the list](/inside/)."
        write_post(topic_id=topic.pk, source=source, by=neighbours[n], at=at, reply_to=n)
    open_to_all(owner, neighbours)
    member = Member.objects.get(person=owner)
    mark_read(topic_id=topic.pk, member_id=member.pk, number=ROWS, at=BEGUN + timedelta(days=20))


def open_to_all(owner: Person, neighbours: list[Person]) -> None:
    """Fill a space of glass with a page of posts."""
    space = make_space(terms=SpaceTerms(name="Window", is_glass=True), by=owner, at=BEGUN)
    post = begin_topic(space_id=space.pk, title="What anyone reads", source=SUMMARY, by=owner, at=BEGUN)
    for n in range(1, ROWS):
        source = f"**{n}** {SUMMARY}\n\n> {SUMMARY[:80]}"
        at = BEGUN + timedelta(days=9, hours=n)
        write_post(topic_id=post.topic_id, source=source, by=neighbours[n], at=at, reply_to=n)


def add_person(name: str, at: datetime) -> Person:
    person = Person(name=name, created_at=at)
    person.set_unusable_password()
    person.save()
    return person


def sign_in(person: Person) -> str:
    """Make the session that signing in makes, and give its key."""
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)
