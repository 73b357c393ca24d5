"""The matrix: for every address inside, who reads what was said in each kind of space, and who does not (C4, B18).

Each place has a canary in whatever is said in it. A page may hold it only for those who reach the place; and where an
address names a place that somebody does not reach, there is nothing at that address for them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from porch.community.circles.models import CircleMember
from porch.community.membership.models import Member
from porch.community.roles.founding import admit_founder
from porch.community.roles.models import Role, RoleHolder
from porch.conversation.direct.changing import leave_group, name_group
from porch.conversation.posts.models import Post
from porch.conversation.spaces.models import Space
from porch.conversation.topics.models import Topic
from porch.engine.outbox.models import Delivery
from porch.kit.time import now
from porch.notices.digest.actions import send_digest
from porch.notices.mailing.looking import mail_what_is_due
from porch.people.identity.models import Person
from tests.community.away.test_suspend_member import suspend
from tests.community.circles.making import bakers, member_of
from tests.community.leaving.helpers import go
from tests.community.removal.test_remove_member import remove
from tests.conversation.direct.whispers import write_to
from tests.conversation.talk import say, space_for, topic_in
from tests.laws.addresses import Address, addresses
from tests.notices.telling import hear, mentioned
from tests.notices.test_mail_what_is_due import agree
from tests.people.mails import html_of, text_of
from tests.village import NOON, Village, add_person, add_steward, browser

pytestmark = pytest.mark.django_db
CANARY = "quokka"
# Whoever may not be there: the walk asks as each of them.
OUT = ("dov", "cleo", "removed", "suspended", "left")
WERE_MEMBERS = ("removed", "suspended", "left")


@dataclass(frozen=True, slots=True)
class Place:
    """A space with a topic and a post in it, and who reaches it."""

    space: Space
    topic: Topic
    post: Post
    readers: frozenset[str]

    @property
    def canary(self) -> str:
        return f"{CANARY}{self.space.pk}x"


def cast_of(village: Village) -> dict[str, Person | None]:
    """Give everyone who matters: also a baker, somebody with a role, one who was a baker and in a direct conversation
    a second ago, and three who were members.
    """
    removed, suspended, left = (member_called(name) for name in ("rex", "sus", "lea"))
    return {
        **village.cast(),
        "sol": add_steward(),
        "baker": member_called("bea"),
        "keeper": member_called("kim"),
        "moved": member_called("moe"),
        "removed": removed,
        "suspended": suspended,
        "left": left,
    }


def member_called(name: str) -> Person:
    person = add_person(name)
    admit_founder(person=person, at=NOON)
    return person


def places_of(cast: dict[str, Person | None]) -> dict[str, Place]:
    """Make one place of each kind. Those who are out were in all of them, and took part."""
    ada, circle = cast["ada"], bakers(cast["baker"])
    role = Role.objects.create(
        circle=Role.objects.get(key="member", circle__is_whole=True).circle, name="Keeper", made_at=NOON
    )
    RoleHolder.objects.create(role=role, member=Member.objects.get(person=cast["keeper"]), given_at=NOON)
    for name in (*WERE_MEMBERS, "moved"):
        member = Member.objects.get(person=cast[name])
        CircleMember.objects.create(circle=circle, member=member, joined_at=NOON)
        if name != "moved":
            RoleHolder.objects.create(role=role, member=member, given_at=NOON)
    everyone = {"ada", "ben", "sol", "baker", "keeper", "moved"}
    kinds: dict[str, tuple[dict[str, object], set[str]]] = {
        "open": ({}, everyone),
        "sensitive": ({"is_sensitive": True}, everyone),
        "glass": ({"is_glass": True}, everyone),
        "circle": ({"circle": circle}, {"ada", "sol", "baker"}),
        "role": ({"role": role}, {"ada", "sol", "keeper"}),
        "hidden": ({"circle": circle, "is_hidden": True}, {"ada", "sol", "baker"}),
        "room": ({"shape": "room"}, everyone),
        "room of a circle": ({"shape": "room", "circle": circle}, {"ada", "sol", "baker"}),
    }
    made = {
        name: place(space_for(ada, f"{name} place", **what), ada, cast["removed"], readers)
        for name, (what, readers) in kinds.items()
    }
    return {**made, "direct": among_few(cast)}


def among_few(cast: dict[str, Person | None]) -> Place:
    """Have some talk among themselves; the owner and the steward are not among them."""
    post = write_to(*(cast[name] for name in ("baker", "moved", *WERE_MEMBERS)), by=cast["ben"])
    topic, canary = post.topic, f"{CANARY}{post.topic.space_id}x"
    name_group(topic_id=topic.pk, name=f"{canary} group", by=cast["ben"], at=NOON)
    said = say(topic, cast["removed"], f"{canary} second", reply_to=1)
    return Place(topic.space, topic, said, frozenset({"ben", "baker"}))


def place(space: Space, by: Person, also_by: Person, readers: set[str]) -> Place:
    canary = f"{CANARY}{space.pk}x"
    if space.shape == "room":
        topic = Topic.objects.get(space=space)
        say(topic, by, f"{canary} first")
    else:
        topic = topic_in(space, by, f"{canary} title", f"{canary} first")
    post = say(topic, also_by, f"{canary} second", reply_to=1)
    return Place(space, topic, post, frozenset(readers))


def take_out(cast: dict[str, Person | None], direct: Place) -> None:
    """Have three of them lose their membership, a second ago, and one of them circle and conversation."""
    moment = now() - timedelta(seconds=1)
    remove(cast["removed"], cast["ada"], at=moment, expires_at=None)
    suspend(cast["suspended"], cast["ada"], until=now() + timedelta(days=1), at=moment)
    go(cast["left"], at=moment)
    CircleMember.objects.filter(member__person=cast["moved"]).delete()
    leave_group(topic_id=direct.topic.pk, by=cast["moved"], at=moment)


@dataclass(frozen=True, slots=True)
class Scene:
    cast: dict[str, Person | None]
    places: dict[str, Place]
    browsers: dict[str, Client]

    def ask(self, who: str, method: str, path: str) -> HttpResponse:
        """Ask for an address, and undo whatever that did."""
        with transaction.atomic():
            answer = getattr(self.browsers[who], method)(path)
            transaction.set_rollback(True)
        return answer


@pytest.fixture
def scene(village: Village) -> Scene:
    cast = cast_of(village)
    there = Scene(cast, places_of(cast), {who: browser(person) for who, person in cast.items()})
    take_out(cast, there.places["direct"])
    return there


# What fills the variables of addresses that lead into a place. An address with another variable is not about one.
FILLS: dict[str, Callable[[Place], object]] = {
    "space": lambda place: place.space.slug,
    "topic": lambda place: place.topic.pk,
    "post": lambda place: place.post.pk,
    "number": lambda place: 2,
}
# Addresses of a space that whoever may know of it sees, without what is said in it.
KNOWN = {"space"}


def of_places() -> list[Address]:
    """Give the addresses inside that name a space, a topic or a post."""
    marks = ("<str:space>", "<int:topic>", "<int:post>")
    return [
        each
        for each in addresses()
        if each.path.startswith("/inside/") and any(m in each.path for m in marks)
    ]


def path_in(address: Address, there: Place) -> str | None:
    path = address.path
    while "<" in path:
        start, _open, rest = path.partition("<")
        variable, _close, end = rest.partition(">")
        name = variable.partition(":")[2]
        if name not in FILLS:
            return None
        path = f"{start}{FILLS[name](there)}{end}"
    return path


@pytest.mark.parametrize("address", of_places(), ids=lambda each: each.name)
def test_an_address_of_a_place_is_there_for_those_who_reach_it_alone(address: Address, scene: Scene) -> None:
    for name, there in scene.places.items():
        path = path_in(address, there)
        if path is None:
            continue
        for who in scene.cast:
            for method in ("get", "post"):
                answer = scene.ask(who, method, path)
                text = f"{who} {method} {path} of {name}: {answer.status_code}"
                if who not in there.readers:
                    assert there.canary not in answer.content.decode(), text
                    is_let_know = (
                        address.name in KNOWN and who not in OUT and name not in ("hidden", "direct")
                    )
                    is_led_away = answer.status_code in (302, 307) and who in OUT
                    assert answer.status_code in (403, 404, 405) or is_led_away or is_let_know, text
                elif method == "get" and address.name in shown_at(name):
                    assert answer.status_code == 200, text
                    assert there.canary in answer.content.decode(), text


def shown_at(place: str) -> tuple[str, ...]:
    """Name the addresses at which readers see what is said: what has no title of its own has no list of topics."""
    if place == "direct":
        return ("topic",)
    return ("topic", "space") if "room" in place else ("topic", "space", "post-editions")


def test_no_other_page_inside_shows_what_somebody_does_not_reach(scene: Scene) -> None:
    plain = [each.path for each in addresses() if "<" not in each.path and not each.path.startswith("/api/")]
    assert "/inside/latest/" in plain
    for who in scene.cast:
        secret = [
            there.canary
            for name, there in scene.places.items()
            if who not in there.readers and name != "glass"
        ]
        for path in [*plain, f"/inside/search/?q={CANARY}"]:
            page = scene.ask(who, "get", path)
            if page.streaming:
                continue
            text = page.content.decode("utf-8", "replace")
            assert not [canary for canary in secret if canary in text], (who, path)


def test_latest_shows_all_that_one_reaches(scene: Scene) -> None:
    titled = {name: there for name, there in scene.places.items() if there.topic.kind != "room"}
    del titled["direct"]
    for who in ("ada", "sol", "ben", "baker", "keeper", "moved"):
        text = scene.ask(who, "get", "/inside/latest/").content.decode()
        assert {name for name, there in titled.items() if there.canary in text} == {
            name for name, there in titled.items() if who in there.readers
        }
        assert scene.places["direct"].canary not in text


def test_nobody_is_told_or_mailed_what_they_do_not_reach_any_more(village: Village) -> None:
    cast = cast_of(village)
    places = places_of(cast)
    members = [name for name in cast if name not in ("dov", "cleo")]
    for name in members:
        for purpose in ("conversation-mail", "digest"):
            agree(cast[name], purpose)
    for there in places.values():
        by = cast["ben"] if "ben" in there.readers else cast["ada"]
        for name in (
            each for each in members if cast[each] != by and each in (*there.readers, *WERE_MEMBERS, "moved")
        ):
            mentioned(say(there.topic, by, f"{there.canary} for {name}"), cast[name])
    hear()
    take_out(cast, places["direct"])
    known = set(Delivery.objects.values_list("pk", flat=True))
    mail_what_is_due(at=now() + timedelta(days=1), hold=False)
    for name in members:
        send_digest(member_id=member_of(cast[name]).pk, at=now() + timedelta(days=8))
    mails = Delivery.objects.exclude(pk__in=known)
    assert mails.exists()
    for name in members:
        client = browser(cast[name])
        shown = client.get("/inside/notices/").content.decode()
        letters = [*mails.filter(to_address=cast[name].email)]
        told = shown + "".join(f"{each.subject}{text_of(each)}{html_of(each)}" for each in letters)
        secret = {each.canary for each in places.values() if name not in each.readers}
        assert [canary for canary in secret if canary in told] == [], name
        if name == "ben":
            assert places["open"].canary in shown, "so that this can fail"


def test_the_matrix_has_every_address_of_a_place() -> None:
    names = {each.name for each in of_places()}
    assert {
        "space",
        "topic",
        "place",
        "topic-posts",
        "post-change",
        "post-deletion",
        "post-editions",
    } <= names
