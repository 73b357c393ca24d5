"""What pages of conversation do at their edges: too late, too far, too much, and what is new to whom."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from porch.community.roles.founding import admit_founder
from porch.conversation.pages.reads import find_topic
from porch.conversation.posts.models import Post
from porch.conversation.posts.writing import begin_topic
from porch.conversation.spaces.rights import MANAGE_SPACES
from tests.community.circles.making import bakers
from tests.community.roles.giving import role_with
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.plugin import ON_POSTGRESQL
from tests.village import NOON, Village, add_person, browser

SECRET = "the yeast is in the attic"


def test_a_closed_topic_says_so_instead_of_its_form(village: Village, ada: Client, ben: Client) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    ada.post(f"/inside/topics/{topic.pk}/care/", {"do": "close", "reason": "Settled"})
    page = ben.get(f"/inside/topics/{topic.pk}/").content.decode()
    assert "This topic is closed." in page
    assert "Settled" in page
    assert 'name="source"' not in page
    assert ben.post(f"/inside/topics/{topic.pk}/posts/", {"source": "But"}).status_code == 409


@pytest.mark.parametrize(
    "rest", ["?page=0", "?page=x", "?page=2", "?page=999999", "2/", "0/", "99999999999999999999/"]
)
def test_places_that_are_not_there(village: Village, ben: Client, rest: str) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    assert ben.get(f"/inside/topics/{topic.pk}/{rest}").status_code == 404


def test_a_place_is_found_by_its_number(village: Village, ben: Client) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    for _ in range(30):
        say(topic, village.ben)
    answer = ben.get(f"/inside/topics/{topic.pk}/31/")
    assert answer["Location"] == f"/inside/topics/{topic.pk}/?page=2#p31"


def test_glass_says_so_before_one_writes(village: Village, ben: Client) -> None:
    space = space_for(village.ada, "Window", is_glass=True)
    topic = begin_topic(space_id=space.pk, title="x", source="y", by=village.ada, at=NOON).topic
    for address in ("/inside/spaces/window/new/", f"/inside/topics/{topic.pk}/", "/inside/spaces/window/"):
        assert "Glass: anyone can read this, outside too." in ben.get(address).content.decode()


def test_further_topics_of_a_space_have_their_page(village: Village, ben: Client) -> None:
    space = space_for(village.ada)
    for number in range(31):
        topic_in(space, village.ben, f"Topic number {number}")
    assert "Topic number 0<" not in ben.get("/inside/spaces/workshop/").content.decode()
    assert "Topic number 0<" in ben.get("/inside/spaces/workshop/?page=2").content.decode()


def test_a_right_elsewhere_changes_nothing_here(village: Village) -> None:
    space_for(village.ada)
    role_with(MANAGE_SPACES, circle=bakers(village.ben), held_by=village.ben)
    assert browser(village.ben).get("/inside/spaces/workshop/change/").status_code == 404


def test_whoever_is_too_late_gets_their_words_back(village: Village, ada: Client, ben: Client) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    ada.post(f"/inside/topics/{topic.pk}/care/", {"do": "close"})
    for address in (f"/inside/topics/{topic.pk}/posts/",):
        assert SECRET in ben.post(address, {"source": SECRET}).content.decode()
    ada.post("/inside/spaces/workshop/archive/", {"is": "archived"})
    answer = ben.post("/inside/spaces/workshop/new/", {"title": "x", "source": SECRET})
    assert (answer.status_code, SECRET in answer.content.decode()) == (409, True)


def test_an_edit_of_what_was_deleted_meanwhile_is_given_back(
    village: Village, ada: Client, ben: Client
) -> None:
    topic_in(space_for(village.ada), village.ben)
    post = Post.objects.get()
    ada.post(f"/inside/posts/{post.pk}/deletion/", {"is": "deleted", "reason": "Spam"})
    answer = ben.post(f"/inside/posts/{post.pk}/change/", {"source": SECRET, "edits": "0"})
    assert (answer.status_code, SECRET in answer.content.decode()) == (409, True)
    assert ben.get(f"/inside/posts/{post.pk}/change/").status_code == 404
    assert ben.get(f"/inside/posts/{post.pk}/deletion/").status_code == 404, "what a steward deleted"
    assert "Why: Spam" in ben.get(f"/inside/topics/{post.topic_id}/").content.decode()


def test_one_chooses_a_post_to_reply_to_and_keeps_what_one_wrote(village: Village, ben: Client) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    page = ben.post(f"/inside/topics/{topic.pk}/posts/", {"source": SECRET, "to": "1"}).content.decode()
    assert "You reply to #1 by Owner." in page
    assert SECRET in page
    assert Post.objects.count() == 1


def test_links_on_a_preview_lead_to_the_topic(village: Village, ben: Client) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    for _ in range(70):
        say(topic, village.ben)
    page = ben.post(
        f"/inside/topics/{topic.pk}/posts/?page=2", {"source": "x", "do": "preview"}
    ).content.decode()
    assert f'href="/inside/topics/{topic.pk}/?page=3"' in page
    assert 'href="?' not in page


def test_all_is_read_or_new_again_when_one_says_so(village: Village, ben: Client) -> None:
    topic = topic_in(space_for(village.ada), village.ada)
    for _ in range(64):
        say(topic, village.ada)
    ben.get(f"/inside/topics/{topic.pk}/")
    ben.post(f"/inside/topics/{topic.pk}/reading/")
    assert find_topic(topic.pk, village.ben.pk).seen == 65
    answer = ben.post(f"/inside/topics/{topic.pk}/reading/", {"from": "31"}, follow=True)
    assert "35 new" in answer.content.decode()


def test_what_is_older_than_ones_membership_is_not_new(village: Village) -> None:
    topic_in(space_for(village.ada), village.ada)
    late = add_person("late")
    admit_founder(person=late, at=LATER)
    for address in ("/inside/latest/", "/inside/spaces/workshop/"):
        assert "New</span>" not in browser(late).get(address).content.decode()
        assert "New</span>" in browser(village.ben).get(address).content.decode()


def test_a_space_for_a_hidden_circle_is_known_to_those_in_it(village: Village) -> None:
    circle = bakers(village.ada, name="Layoffs", is_hidden=True)
    space_for(village.ada, "Kitchen", circle=circle)
    space_for(village.ada, "Oven", role=role_with(circle=circle, name="Layers"))
    page = browser(village.ben).get("/inside/spaces/").content.decode()
    assert [word in page for word in ("Kitchen", "Oven", "Layoffs", "Layers")] == [False] * 4
    assert browser(village.ben).get("/inside/spaces/kitchen/").status_code == 404


def test_a_space_that_is_hidden_later_gets_another_address(village: Village, ada: Client) -> None:
    circle = bakers(village.ada)
    space = space_for(village.ada, "Firing", circle=circle)
    given = {
        "name": "Firing",
        "readers": f"circle:{circle.pk}",
        "place": "1",
        "is_hidden": "yes",
    }
    ada.post("/inside/spaces/firing/change/", given)
    space.refresh_from_db()
    assert space.slug.startswith("firing-")
    assert space_for(village.ada, "Firing").slug == "firing"


@pytest.mark.parametrize("rest", ["change/", "deletion/", "editions/"])
def test_each_page_says_who_reads_it(village: Village, ada: Client, rest: str) -> None:
    topic_in(kitchen(village, village.ada), village.ada)
    page = ada.get(f"/inside/posts/{Post.objects.get().pk}/{rest}").content.decode()
    assert "those in Bakers can read this" in page


def test_numbers_beyond_any_row_are_not_found(village: Village, ada: Client) -> None:
    for number in (2**63, 10**30):
        for rest in (
            "topics/{}/",
            "topics/{}/1/",
            "topics/{}/care/",
            "posts/{}/change/",
            "posts/{}/editions/",
        ):
            assert ada.get("/inside/" + rest.format(number)).status_code == 404


def test_the_latest_is_what_one_reaches_and_has_not_muted(village: Village, ada: Client, ben: Client) -> None:
    open_to_all = space_for(village.ada)
    topic_in(kitchen(village, village.ada), village.ada, "Hush")
    topic_in(open_to_all, village.ada, "Bread")
    noise = topic_in(open_to_all, village.ada, "Noise")
    ben.post(f"/inside/topics/{noise.pk}/level/", {"level": "mute"})
    titles = ("Hush", "Bread", "Noise")
    pages = {who: who.get("/inside/latest/").content.decode() for who in (ada, ben)}
    assert [each in pages[ada] for each in titles] == [True, True, True]
    assert [each in pages[ben] for each in titles] == [False, True, False]
    assert ben.get("/inside/latest/?page=2").status_code == 200


@pytest.mark.parametrize("posts", [1, 70])
def test_a_page_asks_as_much_however_much_was_said(village: Village, ben: Client, posts: int) -> None:
    space = space_for(village.ada)
    topic = topic_in(space, village.ada)
    for _ in range(posts):
        say(topic, village.ada)
        topic_in(space, village.ada)
    for address, most in (
        (f"/inside/topics/{topic.pk}/", 6),
        ("/inside/spaces/workshop/", 5),
        ("/inside/spaces/", 5),
    ):
        ben.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert ben.get(address).status_code == 200
        assert len(asked) <= most, [each["sql"][:80] for each in asked]


@pytest.mark.skipif(bool(ON_POSTGRESQL), reason="the plans of SQLite, which depend on no number of rows")
def test_no_page_goes_through_all_members_or_posts(village: Village, ben: Client) -> None:
    """A statement that does costs more with each who comes, however few it shows."""
    topic = topic_in(space_for(village.ada), village.ada)
    say(topic, village.ada)
    asked: list[str] = []
    for page in (
        f"topics/{topic.pk}/",
        "spaces/workshop/",
        "spaces/",
        "latest/",
        "search/?q=bread",
        "notices/",
    ):
        ben.get(f"/inside/{page}")
        connection.connection.set_trace_callback(asked.append)
        assert ben.get(f"/inside/{page}").status_code == 200
        connection.connection.set_trace_callback(None)
    plans = {sql: plan_of(sql) for sql in asked if sql.startswith("SELECT")}
    assert plans
    gone_through = "SCAN (community_member|people_person|conversation_post)\\b"
    assert [(sql, plan) for sql, plan in plans.items() if re.search(gone_through, plan)] == []


def plan_of(sql: str) -> str:
    """Say how SQLite finds what a statement asks for."""
    with connection.cursor() as cursor:
        return "\n".join(row[3] for row in cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall())
