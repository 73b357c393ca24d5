"""The pages of spaces, topics and posts: what they show to whom, and what their forms do."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client

from porch.community.circles.actions import leave_circle
from porch.conversation.posts.models import Deletion, Edition, Post
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rights import MANAGE_SPACES
from porch.conversation.topics.models import Topic
from tests.community.circles.making import bakers
from tests.community.roles.giving import role_with
from tests.conversation.talk import LATER, kitchen, noted, say, space_for, topic_in
from tests.village import NOON, Village, add_steward, browser

SECRET = "the yeast is in the attic"


@pytest.fixture
def secret(village: Village) -> Topic:
    """A topic of the bakers, hidden from everyone else, of which each text holds the secret."""
    space = kitchen(village, village.ada, is_hidden=True)
    topic = topic_in(space, village.ada, f"Hush {SECRET}", SECRET)
    Edition.objects.create(post=Post.objects.get(), number=1, source=SECRET, since=NOON, ended_by=village.ada)
    return topic


def addresses(topic: Topic) -> Iterator[str]:
    """Every address from which a word of a topic could come."""
    yield "/inside/latest/"
    slug, post = topic.space.slug, Post.objects.get(topic=topic, number=1)
    yield "/inside/spaces/"
    yield from (f"/inside/spaces/{slug}/{rest}" for rest in ("", "new/", "change/", "archive/"))
    yield from (
        f"/inside/topics/{topic.pk}/{rest}" for rest in ("", "1/", "posts/", "answer/", "level/", "care/")
    )
    yield from (f"/inside/posts/{post.pk}/{rest}" for rest in ("change/", "deletion/", "editions/"))


@pytest.mark.parametrize("who", ["ben", "dov", "cleo"])
@pytest.mark.parametrize("way", ["get", "post"])
def test_not_a_word_comes_out_to_whom_it_is_not_for(
    village: Village, secret: Topic, who: str, way: str
) -> None:
    client = browser(getattr(village, who))
    valid = {
        "source": "x",
        "title": "x",
        "level": "mute",
        "number": "1",
        "do": "close",
        "is": "archived",
        "name": "x",
    }
    for address in addresses(secret):
        answer = getattr(client, way)(address, valid)
        assert SECRET not in answer.content.decode()
        assert secret.space.name not in answer.content.decode()
        if address not in ("/inside/spaces/", "/inside/latest/") and who == "ben":
            assert answer.status_code in (404, 405), address
    secret.refresh_from_db()
    assert (Post.objects.count(), secret.space.archived_at, Deletion.objects.count()) == (1, None, 0)
    assert noted() == ["SpaceMade", "TopicBegun", "PostWritten"], "and nothing was done"


def test_whoever_left_the_circle_a_moment_ago_reads_nothing(village: Village) -> None:
    space = kitchen(village, village.ben, is_hidden=True)
    topic, client = topic_in(space, village.ben, "Hush", SECRET), browser(village.ben)
    assert SECRET in client.get(f"/inside/topics/{topic.pk}/").content.decode()
    assert space.circle is not None
    leave_circle(circle=space.circle, by=village.ben, at=LATER)
    for address in addresses(topic):
        assert SECRET not in client.get(address).content.decode()


def test_a_space_for_others_is_named_and_shows_nothing(village: Village) -> None:
    topic = topic_in(kitchen(village, village.ada), village.ada, "Hush", SECRET)
    client = browser(village.ben)
    page = client.get("/inside/spaces/kitchen/").content.decode()
    assert "This space is for those in Bakers." in page
    assert "Hush" not in page
    assert client.get(f"/inside/topics/{topic.pk}/").status_code == 404


def test_the_first_space_is_made_from_an_empty_page(village: Village, ada: Client, ben: Client) -> None:
    assert "Make the first one" in ada.get("/inside/spaces/").content.decode()
    assert "Those who look after spaces make them" in ben.get("/inside/spaces/").content.decode()
    given = {"name": "Workshop", "readers": "all", "place": "100"}
    answer = ada.post("/inside/spaces/new/", given, follow=True)
    assert "The space is made." in answer.content.decode()
    assert Space.objects.get().slug == "workshop"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": ""}, "is empty"),
        ({"readers": "circle:99"}, "no such circle or role"),
        ({"readers": "role:x"}, "no such circle or role"),
        ({"place": "many"}, "no place in the order"),
        ({"is_hidden": "yes"}, "cannot be hidden"),
    ],
)
def test_a_refused_space_gives_everything_back(
    village: Village, ada: Client, wrong: dict[str, str], says: str
) -> None:
    given = {"name": "Workshop", "description": "What we make", "readers": "all"}
    answer = ada.post("/inside/spaces/new/", {**given, "place": "1", **wrong})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert "What we make" in answer.content.decode()
    assert not Space.objects.exists()


def test_a_circle_that_one_may_not_know_is_no_choice(village: Village) -> None:
    hidden, mine = bakers(is_hidden=True), bakers(village.ben, slug="mine", name="Mine")
    role_with(MANAGE_SPACES, circle=mine, held_by=village.ben)
    page = browser(village.ben).get("/inside/spaces/new/").content.decode()
    assert f"circle:{mine.pk}" in page
    assert f"circle:{hidden.pk}" not in page


def test_a_space_is_changed_archived_and_opened_again(village: Village, ada: Client) -> None:
    space = space_for(village.ada)
    given = {"name": "Yard", "readers": "all", "place": "5"}
    assert (
        "The space is changed."
        in ada.post("/inside/spaces/workshop/change/", given, follow=True).content.decode()
    )
    for said, word in (("archived", "It can still be read."), ("open", "The space is open again.")):
        answer = ada.post("/inside/spaces/workshop/archive/", {"is": said}, follow=True)
        assert word in answer.content.decode()
    space.refresh_from_db()
    assert (space.name, space.place, space.archived_at) == ("Yard", 5, None)


def test_a_topic_is_begun_and_answered(village: Village, ada: Client, ben: Client) -> None:
    space_for(village.ada)
    given = {"title": "Bread", "source": "Rye?", "kind": "question", "sent_as": "k"}
    for _ in range(2):
        answer = ben.post("/inside/spaces/workshop/new/", given)
        assert answer["Location"] == f"/inside/topics/{Topic.objects.get().pk}/"
    topic = Topic.objects.get()
    answer = ada.post(f"/inside/topics/{topic.pk}/posts/", {"source": "Rye.", "reply_to": "1"})
    assert answer["Location"] == f"/inside/topics/{topic.pk}/?page=1#p2"
    page = ben.get(f"/inside/topics/{topic.pk}/").content.decode()
    assert "reply to #1" in page
    assert 'id="new"' in page
    ben.post(f"/inside/topics/{topic.pk}/answer/", {"number": "nonsense"})
    assert Topic.objects.get().answer is None
    ben.post(f"/inside/topics/{topic.pk}/answer/", {"number": "2"})
    assert "Go to the answer" in ben.get(f"/inside/topics/{topic.pk}/").content.decode()


def test_a_preview_posts_nothing_and_loses_nothing(village: Village, ben: Client) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    given = {"source": "**Rye** <b>", "do": "preview", "title": "Bread", "sent_as": "k", "reply_to": "1"}
    for address in (f"/inside/topics/{topic.pk}/posts/", "/inside/spaces/workshop/new/"):
        page = ben.post(address, given).content.decode()
        assert "<strong>Rye</strong>" in page
        assert "**Rye** &lt;b&gt;" in page
        assert 'value="k"' in page
    assert (Topic.objects.count(), Post.objects.count()) == (1, 1)


@pytest.mark.parametrize("source", ["", "x" * 200_000])
def test_a_refused_post_gives_everything_back(village: Village, ben: Client, source: str) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    answer = ben.post(f"/inside/topics/{topic.pk}/posts/", {"source": source, "sent_as": "k"})
    assert answer.status_code == 422
    assert "It was not posted." in answer.content.decode()
    assert source in answer.content.decode()


def test_a_reply_names_whom_it_answers(village: Village, ben: Client) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    page = ben.get(f"/inside/topics/{topic.pk}/?reply_to=1").content.decode()
    assert "You reply to #1 by Owner." in page
    assert "You reply" not in ben.get(f"/inside/topics/{topic.pk}/?reply_to=9").content.decode()


def test_a_post_is_edited_and_its_history_read(village: Village, ada: Client, ben: Client) -> None:
    topic = topic_in(space_for(village.ada), village.ben, source="Rye or wheat?")
    post = Post.objects.get()
    ben.post(f"/inside/posts/{post.pk}/change/", {"source": "Rye or spelt?", "edits": "0"})
    assert "edited" in ada.get(f"/inside/topics/{topic.pk}/").content.decode()
    page = ada.get(f"/inside/posts/{post.pk}/editions/").content.decode()
    assert "<del>wheat</del><ins>spelt</ins>" in page


def test_of_two_edits_the_second_sees_both(village: Village, ben: Client) -> None:
    topic_in(space_for(village.ada), village.ben, source="Rye or wheat?")
    address = f"/inside/posts/{Post.objects.get().pk}/change/"
    ben.post(address, {"source": "Rye or spelt?", "edits": "0"})
    answer = ben.post(address, {"source": "Rye or oats?", "edits": "0"})
    page = answer.content.decode()
    assert (answer.status_code, "<del>spelt</del><ins>oats</ins>" in page) == (409, True)
    assert "Rye or oats?" in page
    ben.post(address, {"source": "Rye or oats?", "edits": re.findall(r'name="edits" value="(\d+)"', page)[0]})
    assert Post.objects.get().source == "Rye or oats?"


def test_a_deleted_post_leaves_its_place(village: Village, ada: Client, ben: Client) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    post = say(topic, village.ben, SECRET)
    assert "Its place stays" in ben.get(f"/inside/posts/{post.pk}/deletion/").content.decode()
    ben.post(f"/inside/posts/{post.pk}/deletion/", {"is": "deleted"})
    page = browser(add_steward()).get(f"/inside/topics/{topic.pk}/").content.decode()
    assert "deleted by whoever wrote it" in page
    assert SECRET not in page
    assert ada.get(f"/inside/posts/{post.pk}/editions/").status_code == 404
    ben.post(f"/inside/posts/{post.pk}/deletion/", {"is": "restored"})
    assert not Deletion.objects.exists()


def test_stewards_look_after_a_topic_on_its_own_page(village: Village, ada: Client, ben: Client) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    there = space_for(village.ada, "Yard")
    address = f"/inside/topics/{topic.pk}/care/"
    assert ben.get(address).status_code == 404
    for given, says in (
        ({"do": "close", "reason": "Settled"}, "The topic is closed."),
        ({"do": "reopen"}, "The topic is open again."),
        ({"do": "pin"}, "The topic is pinned."),
        ({"do": "unpin"}, "no longer pinned."),
        ({"do": "rename", "title": "Rye"}, "The topic has its new title."),
        ({"do": "move", "to": str(there.pk)}, "The topic is moved."),
    ):
        assert says in ada.post(address, given, follow=True).content.decode()
    for wrong in ({"do": "burn"}, {"do": "move", "to": "x"}):
        assert ada.post(address, wrong).status_code == 404
