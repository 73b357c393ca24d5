"""Nobody but its participants reaches a direct conversation: each address, each read, each verb, for the whole cast."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from porch.bridge.glass.reads import GLASS_POSTS, GLASS_SPACE, GLASS_SPACES, GLASS_TOPIC, GLASS_TOPICS
from porch.community.away.actions import suspend_member
from porch.community.leaving.actions import leave
from porch.community.membership.models import Member
from porch.community.removal.actions import remove_member
from porch.conversation.direct.changing import leave_group, name_group
from porch.conversation.direct.reads import DIRECTS
from porch.conversation.pages.reads import KEEPERS, LATEST, TOPIC
from porch.conversation.posts.changing import delete_post, edit_post, hold_post, restore_post
from porch.conversation.posts.models import Edition, Post
from porch.conversation.posts.reads import POST
from porch.conversation.reading.actions import choose_level, mark_unread
from porch.conversation.spaces.actions import archive_space, change_space
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.participants import Participant
from porch.conversation.spaces.reads import SPACE, SPACES
from porch.conversation.spaces.rights import MANAGE_SPACES, TEND_TOPICS
from porch.conversation.spaces.rules import known_to, looked_after_by, reached_by
from porch.conversation.spaces.terms import SpaceTerms
from porch.conversation.topics.finding import hold_space, hold_topic
from porch.conversation.topics.models import Closure, Topic
from porch.conversation.topics.tending import close_topic, move_topic, pin_topic, rename_topic, reopen_topic
from porch.engine.audit.models import AuditEntry
from porch.engine.facts.pull import pull
from porch.kit.refusals import NotAllowed, NotFound, Refusal
from porch.people.holdings.reads import table_of
from porch.people.identity.models import Person
from tests.conversation.direct.whispers import group, join, number, write_to
from tests.conversation.talk import LATER, say, space_for, topic_in
from tests.village import NOON, Village, add_steward, browser

CANARY = "Xylophone"
INSIDE = ("ben", "eve")
# Who is no participant, or is none any more since a second ago.
OUTSIDE = ("ada", "sol", "kim", "dov", "cleo", "left", "removed", "gone", "suspended")
SAID_OF_IT = {"topic", "post", "space", "number"}


@dataclass
class World:
    topic: Topic
    post: Post
    people: dict[str, Person | None]


@pytest.fixture
def world(village: Village) -> World:
    """A group that talks under a name, of whom one left it, one the community, and one was removed, a second ago."""
    people: dict[str, Person | None] = {**village.cast(), "sol": add_steward(), "kim": join("kim")}
    people |= {name: join(name) for name in ("eve", "left", "removed", "gone", "suspended")}
    topic = group(village.ben, *(people[name] for name in ("eve", "left", "removed", "gone", "suspended")))
    name_group(topic_id=topic.pk, name=f"{CANARY} club", by=people["eve"], at=NOON)
    post = say(topic, village.ben, f"Said: {CANARY}")
    edit_post(post_id=post.pk, source=f"Changed: {CANARY}", edits=0, by=village.ben, at=LATER)
    leave_group(topic_id=topic.pk, by=people["left"], at=LATER)
    leave(person=people["gone"], wants_erasure=False, stops_mail=False, at=LATER)
    member = Member.objects.get(person=people["suspended"])
    suspend_member(member=member, until=LATER + timedelta(days=900), reason="Noise", by=village.ada, at=LATER)
    remove_member(
        member=Member.objects.get(person=people["removed"]),
        by=village.ada,
        reason="Noise",
        message="Noise",
        appeal_to="appeals@example.org",
        expires_at=None,
        at=LATER,
    )
    topic.refresh_from_db()
    return World(topic, Post.objects.get(pk=post.pk), people)


def everywhere(
    world: World, resolver: URLResolver | None = None, prefix: str = "/"
) -> Iterator[tuple[str, bool]]:
    """Give each address of the site, filled with the numbers of the conversation, and whether it is about it."""
    values = {"topic": world.topic.pk, "post": world.post.pk, "space": world.topic.space.slug, "number": 1}
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from everywhere(world, each, prefix + str(each.pattern))
        elif isinstance(each, URLPattern):
            path = prefix + str(each.pattern)
            names = set(each.pattern.converters)
            for variable in names:
                for kind in ("str", "int"):
                    path = path.replace(f"<{kind}:{variable}>", str(values.get(variable, world.topic.pk)))
            yield path, bool(names & {"topic", "post", "space"})


def snapshot() -> list[object]:
    """Read all that is said and kept of conversations."""
    tables = (Space, Topic, Post, Edition, Participant, Closure)
    return [list(table.objects.order_by("pk").values()) for table in tables]


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_address_leads_to_it(who: str, world: World) -> None:
    client, before = browser(world.people[who]), snapshot()
    # To those who are not here the door says the same of every address, and leads them to where they stand.
    at_the_door = {403} if who in ("cleo", "gone", "removed", "suspended") else set()
    tried = 0
    for path, is_about_it in everywhere(world):
        if not is_about_it:
            continue
        tried += 1
        for method in (client.get, client.post):
            answer = method(
                path, {"is": "deleted", "do": "close", "level": "mute", "source": "Hm.", "name": "Hm."}
            )
            assert CANARY not in answer.content.decode(errors="replace"), path
            to = answer.headers.get("Location", "")
            assert answer.status_code in {401, 404, 405} | at_the_door or to.startswith(
                ("/sign-in/", "/account/")
            ), (
                path,
                answer.status_code,
            )
    assert tried > 15
    assert snapshot() == before


@pytest.mark.parametrize("who", ["ada", "sol", "left"])
def test_no_page_of_the_house_shows_it(who: str, world: World) -> None:
    client = browser(world.people[who])
    for path, _is_about_it in everywhere(world):
        if path.startswith(("/live", "/desk/components")):
            continue
        answer = client.get(path)
        if not answer.streaming:
            assert CANARY not in answer.content.decode(errors="replace"), path


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_read_and_no_rule_gives_it(who: str, world: World) -> None:
    person, topic = world.people[who], world.topic
    pk = person.pk if person else 0
    assert not Space.objects.filter(reached_by(pk), is_direct=True).exists()
    assert not Space.objects.filter(known_to(pk), is_direct=True).exists()
    assert not Topic.objects.filter(reached_by(pk, "space__"), pk=topic.pk).exists()
    assert not Post.objects.filter(reached_by(pk, "topic__space__"), topic=topic).exists()
    for right in (TEND_TOPICS, MANAGE_SPACES):
        assert not Space.objects.filter(looked_after_by(pk, right=right), is_direct=True).exists()
    assert TOPIC.first(topic=topic.pk, person=pk) is None
    assert POST.first(post=world.post.pk, person=pk) is None
    assert SPACE.first(person=pk, slug=topic.space.slug) is None
    assert SPACES.all(person=pk) == LATEST.all(person=pk) == DIRECTS.all(person=pk) == []


def test_nothing_outside_gives_it(world: World) -> None:
    topic = world.topic
    assert GLASS_SPACES.all() == GLASS_TOPICS.all(space=topic.space_id) == []
    assert GLASS_SPACE.first(slug=topic.space.slug) is None
    assert GLASS_TOPIC.first(topic=topic.pk) is None
    assert GLASS_POSTS.all(topic=topic.pk, after=0) == []
    assert KEEPERS.all(space=topic.space_id) == [], "nobody looks after it"


@pytest.mark.parametrize("who", [each for each in OUTSIDE if each != "cleo"])
def test_no_verb_lets_them_in(who: str, world: World) -> None:
    by, topic, post, at = world.people[who], world.topic, world.post, LATER
    before = snapshot()
    for go in (
        lambda: hold_topic(topic.pk, by),
        lambda: hold_post(post.pk, by),
        lambda: hold_space(topic.space_id, by),
        lambda: say(topic, by),
        lambda: topic_in(topic.space, by),
        lambda: edit_post(post_id=post.pk, source="Hm.", edits=1, by=by, at=at),
        lambda: delete_post(post_id=post.pk, by=by, at=at),
        lambda: restore_post(post_id=post.pk, by=by, at=at),
        lambda: close_topic(topic_id=topic.pk, by=by, at=at),
        lambda: reopen_topic(topic_id=topic.pk, by=by, at=at),
        lambda: pin_topic(topic_id=topic.pk, is_pinned=True, by=by, at=at),
        lambda: rename_topic(topic_id=topic.pk, title="Hm.", by=by, at=at),
        lambda: choose_level(topic_id=topic.pk, level="mute", by=by, at=at),
        lambda: mark_unread(topic_id=topic.pk, number=1, by=by, at=at),
        lambda: name_group(topic_id=topic.pk, name="Hm.", by=by, at=at),
        lambda: leave_group(topic_id=topic.pk, by=by, at=at),
        lambda: change_space(space=topic.space, terms=SpaceTerms(name="Open"), by=by, at=at),
        lambda: archive_space(space=topic.space, by=by, at=at),
    ):
        with pytest.raises(NotFound):
            go()
    assert snapshot() == before


@pytest.mark.parametrize("who", INSIDE)
def test_who_takes_part_reads_it(who: str, world: World) -> None:
    client, topic = browser(world.people[who]), world.topic
    for path in (f"/inside/topics/{topic.pk}/", "/inside/direct/", f"/inside/direct/{topic.pk}/"):
        assert CANARY in client.get(path).content.decode(), path
    for path in ("/inside/latest/", "/inside/spaces/", "/inside/today/"):
        assert CANARY not in client.get(path).content.decode(), path
    assert client.get(f"/inside/spaces/{topic.space.slug}/").status_code == 404
    assert client.get(f"/inside/topics/{topic.pk}/care/").status_code == 404


def test_who_takes_part_and_looks_after_spaces_has_no_right_in_it(village: Village) -> None:
    sol = add_steward()
    topic = group(village.ben, sol, village.ada)
    post, space = Post.objects.get(topic=topic), space_for(village.ada)
    for by in (sol, village.ada):
        for go in (
            lambda by=by: close_topic(topic_id=topic.pk, by=by, at=NOON),
            lambda by=by: pin_topic(topic_id=topic.pk, is_pinned=True, by=by, at=NOON),
            lambda by=by: move_topic(topic_id=topic.pk, to_id=space.pk, by=by, at=NOON),
            lambda by=by: rename_topic(topic_id=topic.pk, title="Hm.", by=by, at=NOON),
            lambda by=by: delete_post(post_id=post.pk, by=by, at=NOON),
        ):
            with pytest.raises(NotAllowed):
                go()
    with pytest.raises(NotAllowed):
        rename_topic(topic_id=topic.pk, title="Hm.", by=village.ben, at=NOON)


def test_nothing_moves_into_it_and_nothing_else_begins_there(village: Village) -> None:
    direct = group(village.ada, village.ben)
    topic = topic_in(space_for(village.ada), village.ada)
    with pytest.raises(NotFound):
        move_topic(topic_id=topic.pk, to_id=direct.space_id, by=village.ada, at=NOON)
    with pytest.raises(NotFound):
        topic_in(direct.space, village.ada)


def test_no_form_of_a_space_changes_it_whoever_sends_it(village: Village) -> None:
    direct = group(village.ada, village.ben)
    for go in (
        lambda: change_space(space=direct.space, terms=SpaceTerms(name="Open"), by=village.ada, at=NOON),
        lambda: archive_space(space=direct.space, by=village.ada, at=NOON),
    ):
        with pytest.raises(Refusal):
            go()


def test_its_facts_name_nobody_and_are_of_kinds_of_their_own(village: Village) -> None:
    topic = group(village.ada, village.ben)
    post = say(topic, village.ben)
    edit_post(post_id=post.pk, source="Hm.", edits=0, by=village.ben, at=LATER)
    delete_post(post_id=post.pk, by=village.ben, at=LATER)
    restore_post(post_id=post.pk, by=village.ben, at=LATER)
    found = [each for each in pull("community", most=10_000) if "topic_id" in each.ids]
    assert [each.kind for each in found] == [
        "DirectBegun",
        *["DirectWritten"] * 2,
        "DirectEdited",
        "DirectDeleted",
        "DirectRestored",
    ]
    assert {name for each in found for name in each.ids} == {"topic_id", "space_id", "post_id", "number"}
    assert not AuditEntry.objects.filter(act__contains="post").exists()


def test_one_takes_out_what_one_said_oneself(village: Village) -> None:
    topic = group(village.ben, village.ada, join("eve"))
    say(topic, village.ada, CANARY)
    mine = say(topic, village.ben, "Mine.")
    rows = [each for each in table_of(village.ben, "conversation.Post").rows if each.is_own]
    assert {each.source for each in rows} == {"Between us.", mine.source}


def test_a_second_conversation_of_the_same_shows_the_first_to_nobody_new(village: Village) -> None:
    eve = join("eve")
    first = write_to(village.ada, by=village.ben, source=CANARY).topic
    group(village.ben, village.ada, eve)
    assert TOPIC.first(topic=first.pk, person=eve.pk) is None
    assert number(eve) not in Participant.objects.filter(space=first.space).values_list("member", flat=True)
