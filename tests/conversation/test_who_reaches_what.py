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
from porch.conversation.posts.models import Post
from porch.conversation.spaces.models import Space
from porch.conversation.topics.models import Topic
from porch.kit.time import now
from porch.people.identity.models import Person
from tests.community.away.test_suspend_member import suspend
from tests.community.circles.making import bakers
from tests.community.leaving.helpers import go
from tests.community.removal.test_remove_member import remove
from tests.conversation.talk import say, space_for, topic_in
from tests.laws.addresses import Address, addresses
from tests.village import NOON, Village, add_person, add_steward, browser

pytestmark = pytest.mark.django_db
CANARY = "quokka"
# Whoever may not be there: the walk asks as each of them.
OUT = ("dov", "cleo", "removed", "suspended", "left")


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
    """Give everyone who matters: also a baker, somebody with a role, and three who were members a second ago."""
    removed, suspended, left = (member_called(name) for name in ("rex", "sus", "lea"))
    return {
        **village.cast(),
        "sol": add_steward(),
        "baker": member_called("bea"),
        "keeper": member_called("kim"),
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
    for name in ("removed", "suspended", "left"):
        member = Member.objects.get(person=cast[name])
        CircleMember.objects.create(circle=circle, member=member, joined_at=NOON)
        RoleHolder.objects.create(role=role, member=member, given_at=NOON)
    everyone = {"ada", "ben", "sol", "baker", "keeper"}
    kinds: dict[str, tuple[dict[str, object], set[str]]] = {
        "open": ({}, everyone),
        "sensitive": ({"is_sensitive": True}, everyone),
        "glass": ({"is_glass": True}, everyone),
        "circle": ({"circle": circle}, {"ada", "sol", "baker"}),
        "role": ({"role": role}, {"ada", "sol", "keeper"}),
        "hidden": ({"circle": circle, "is_hidden": True}, {"ada", "sol", "baker"}),
    }
    return {
        name: place(space_for(ada, f"{name} place", **what), ada, cast["removed"], readers)
        for name, (what, readers) in kinds.items()
    }


def place(space: Space, by: Person, also_by: Person, readers: set[str]) -> Place:
    canary = f"{CANARY}{space.pk}x"
    topic = topic_in(space, by, f"{canary} title", f"{canary} first")
    post = say(topic, also_by, f"{canary} second", reply_to=1)
    return Place(space, topic, post, frozenset(readers))


def take_out(cast: dict[str, Person | None]) -> None:
    """Have three of them lose their membership, a second ago."""
    moment = now() - timedelta(seconds=1)
    remove(cast["removed"], cast["ada"], at=moment, expires_at=None)
    suspend(cast["suspended"], cast["ada"], until=now() + timedelta(days=1), at=moment)
    go(cast["left"], at=moment)


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
    take_out(cast)
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
                    is_let_know = address.name in KNOWN and who not in OUT and name != "hidden"
                    is_led_away = answer.status_code in (302, 307) and who in OUT
                    assert answer.status_code in (403, 404, 405) or is_led_away or is_let_know, text
                elif method == "get" and address.name in ("topic", "space", "post-editions"):
                    assert answer.status_code == 200, text
                    assert there.canary in answer.content.decode(), text


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
    for who in ("ada", "sol", "ben", "baker", "keeper"):
        text = scene.ask(who, "get", "/inside/latest/").content.decode()
        assert {name for name, there in scene.places.items() if there.canary in text} == {
            name for name, there in scene.places.items() if who in there.readers
        }


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
