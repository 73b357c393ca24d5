"""A room: one topic, made with the space, in which everything is said."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from porch.conversation.pages.live import following, fragment_of
from porch.conversation.pages.reads import TOPIC_FOR_ALL
from porch.conversation.posts.changing import delete_post
from porch.conversation.posts.models import Post
from porch.conversation.posts.reads import POSTS
from porch.conversation.posts.writing import NoSuchKind, begin_topic, write_post
from porch.conversation.reading.models import Reading
from porch.conversation.spaces.actions import ShapeStays, change_space
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.terms import NoSuchShape, SpaceTerms, terms_of
from porch.conversation.topics.models import Kind, Topic
from porch.conversation.topics.rooms import RoomHasOneTopic, StreamStays
from porch.conversation.topics.tending import close_topic, move_topic, pin_topic, rename_topic
from porch.kit.refusals import Refusal
from porch.people.identity.models import Person
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.village import NOON, Village, browser


def room_of(village: Village, **what: object) -> Topic:
    return Topic.objects.get(space=space_for(village.ada, "Porch talk", shape="room", **what))


def as_shape(space: Space, shape: str, **more: object) -> SpaceTerms:
    return SpaceTerms(**{**terms_of(space).as_dict(), "shape": shape, **more})


def test_a_room_has_one_topic_from_the_beginning_under_its_name(village: Village) -> None:
    room = room_of(village)
    assert (room.kind, room.title, room.posts, room.author) == (Kind.ROOM, "Porch talk", 0, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.create(
            space=room.space, kind=Kind.ROOM, title="Another", begun_at=NOON, last_said_at=NOON
        )


def test_it_takes_the_new_name_of_its_space(village: Village) -> None:
    room = room_of(village)
    say(room, village.ben)
    change_space(space=room.space, terms=as_shape(room.space, "room", name="Stoop"), by=village.ada, at=LATER)
    room.refresh_from_db()
    assert room.title == "Stoop"


def test_a_shape_changes_only_while_nothing_was_said(village: Village) -> None:
    space = space_for(village.ada)
    for shape, topics in (("room", 1), ("topics", 0), ("room", 1)):
        space = change_space(space=space, terms=as_shape(space, shape), by=village.ada, at=LATER)
        assert Topic.objects.filter(space=space).count() == topics
    say(Topic.objects.get(space=space), village.ben)
    space.refresh_from_db()
    with pytest.raises(ShapeStays):
        change_space(space=space, terms=as_shape(space, "topics"), by=village.ada, at=LATER)
    with pytest.raises(NoSuchShape):
        change_space(space=space, terms=as_shape(space, "circle"), by=village.ada, at=LATER)


def test_no_other_topic_comes_into_it(village: Village) -> None:
    room, topic = room_of(village), topic_in(space_for(village.ada), village.ben)
    with pytest.raises(RoomHasOneTopic):
        begin_topic(space_id=room.space_id, title="x", source="x", by=village.ben, at=LATER)
    with pytest.raises(RoomHasOneTopic):
        move_topic(topic_id=topic.pk, to_id=room.space_id, by=village.ada, at=LATER)
    with pytest.raises(NoSuchKind):
        begin_topic(space_id=topic.space_id, title="x", source="x", by=village.ben, at=LATER, kind=Kind.ROOM)


def test_it_is_not_closed_pinned_moved_or_renamed(village: Village, ada: Client) -> None:
    room, to = room_of(village), space_for(village.ada)
    what = {"topic_id": room.pk, "by": village.ada, "at": LATER}
    refused: list[type[Refusal]] = []
    for act in (
        lambda: close_topic(**what),
        lambda: pin_topic(is_pinned=True, **what),
        lambda: move_topic(to_id=to.pk, **what),
        lambda: rename_topic(title="x", **what),
    ):
        with pytest.raises(StreamStays):
            act()
        refused.append(StreamStays)
    assert ada.get(f"/inside/topics/{room.pk}/care/").status_code == 404
    assert len(refused) == 4


def test_the_name_stands_once_above_what_is_said_in_one_go(village: Village) -> None:
    room = room_of(village)
    minutes = [(village.ben, 0), (village.ben, 10), (village.ben, 21), (village.ada, 22), (village.ada, 23)]
    for n in range(6, 13):
        minutes.append((village.ada, 23 + n))
    for person, minute in minutes:
        write_at(room, person, minute)
    topic = TOPIC_FOR_ALL.first(topic=room.pk)
    assert topic is not None
    rows = POSTS.all(topic=room.pk, after=0, person=0, member=0)
    assert following(topic, rows) == {2, 5, 6, 7, 8, 9, 10, 12}, (
        "ten minutes, one person, and ten posts at most"
    )
    for row in rows:
        assert ("follows" in fragment_of(room.pk, row.number)) == (row.number in following(topic, rows))


def write_at(room: Topic, person: Person, minute: int) -> None:
    at = NOON.replace(hour=13 + minute // 60, minute=minute % 60)
    write_post(topic_id=room.pk, source="Hm.", by=person, at=at)


def test_a_post_that_goes_on_is_the_same_after_the_one_before_was_deleted(village: Village) -> None:
    room = room_of(village)
    first = say(room, village.ben)
    say(room, village.ben)
    before = fragment_of(room.pk, 2)
    delete_post(post_id=first.pk, by=village.ben, at=LATER)
    assert fragment_of(room.pk, 2) == before


def test_the_space_is_the_stream_at_once(village: Village, ada: Client, ben: Client) -> None:
    room = room_of(village)
    assert "Nothing was said yet" in ben.get("/inside/spaces/porch-talk/").content.decode()
    ben.post(f"/inside/topics/{room.pk}/posts/", {"source": "Good morning"})
    for client in (ada, ben):
        page = client.get("/inside/spaces/porch-talk/").content.decode()
        assert "Good morning" in page
        assert "Your message" in page
    assert "Change the room" in ada.get("/inside/spaces/porch-talk/").content.decode()
    assert "Porch talk" in ben.get("/inside/latest/").content.decode()


def test_an_empty_room_is_not_in_latest_nor_outside(village: Village, ben: Client) -> None:
    room = room_of(village, is_glass=True)
    assert "Nothing was said yet" in ben.get("/inside/latest/").content.decode()
    assert browser().get(f"/glass/topics/{room.pk}/").status_code == 404


def test_it_opens_at_its_end_at_first_and_then_where_one_stopped(village: Village, ben: Client) -> None:
    room = room_of(village)
    for n in range(1, 66):
        say(room, village.ada, f"number-{n}.")
    page = ben.get("/inside/spaces/porch-talk/").content.decode()
    assert "number-65." in page
    assert "number-41." in page
    assert "number-40." not in page
    assert Reading.objects.get(member__person=village.ben).number == 65
    ben.post(f"/inside/topics/{room.pk}/reading/", {"from": "35"})
    page = ben.get("/inside/spaces/porch-talk/").content.decode()
    assert 'id="new"' in page
    assert "number-31." in page
    assert "number-61." not in page


def test_who_does_not_reach_it_does_not_see_it(village: Village, ben: Client) -> None:
    space = kitchen(village, village.ada, shape="room")
    say(Topic.objects.get(space=space), village.ada, "A secret")
    page = ben.get("/inside/spaces/kitchen/").content.decode()
    assert "This space is for those in Bakers." in page
    assert "A secret" not in page


def test_what_is_sent_from_an_open_page_is_answered_with_the_post_alone(
    village: Village, ben: Client
) -> None:
    room = room_of(village)
    said = {"source": "Hello", "sent_as": "k"}
    for _ in range(2):
        answer = ben.post(f"/inside/topics/{room.pk}/posts/", said, headers={"porch-fragment": "post"})
        assert answer.status_code == 201
        assert answer.content.decode() == fragment_of(room.pk, 1)
    assert Post.objects.count() == 1
    refused = ben.post(
        f"/inside/topics/{room.pk}/posts/", {"source": " "}, headers={"porch-fragment": "post"}
    )
    assert refused.status_code == 422
    assert 'id="problems"' in refused.content.decode()


def test_it_says_beside_the_field_what_was_just_done(village: Village, ben: Client) -> None:
    room = room_of(village)
    post = say(room, village.ada)
    answer = ben.post(f"/inside/posts/{post.pk}/report/", {"why": "spam"}, follow=True)
    page = answer.content.decode()
    assert "Those who look after this space look at it." in page.partition('class="composer"')[2]


def test_slow_mode_is_seen_in_it_and_reached_by_who_looks_after_it(
    village: Village, ada: Client, ben: Client
) -> None:
    room, slow = room_of(village), "/inside/spaces/porch-talk/slow/"
    assert slow not in ben.get("/inside/spaces/porch-talk/").content.decode()
    assert slow in ada.get("/inside/spaces/porch-talk/").content.decode()
    page = ada.post(slow, {"seconds": "60"}, follow=True).content.decode()
    assert "It holds from now on." in page
    page = ben.get(f"/inside/topics/{room.pk}/").content.decode()
    assert "Slow mode: each member writes once in 1 minute." in page
