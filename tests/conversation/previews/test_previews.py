"""A preview of what a post links to: asked for safely, shown as plain words, and never where it would tell."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django.fixtures import Settings

from porch.conversation.posts.changing import NotYourPost, delete_post, edit_post
from porch.conversation.posts.models import Post
from porch.conversation.previews.actions import (
    FRESH,
    NoPreview,
    forget_pages,
    preview,
    put_card,
    remove_preview,
)
from porch.conversation.previews.links import link_in
from porch.conversation.previews.models import LinkedPage
from porch.conversation.previews.reading_pages import read_page
from porch.engine.facts.pull import pull
from porch.kit.http import Fetched, Headers
from porch.kit.markdown import render
from porch.kit.refusals import NotFound
from porch.people.erasure.actions import erase_person
from tests.conversation.talk import LATER, space_for, topic_in
from tests.kit.http.stage import OK, Server, World, answer, policy, server
from tests.village import NOON, Village, add_person, add_steward, browser

pytestmark = pytest.mark.django_db
HTML = "Content-Type: text/html; charset=utf-8"
PAGE = answer(
    b"<title>Glue</title><meta property='og:description' content='Holds &amp; stays'>"
    b"<meta property=og:site_name content=Woodworks>",
    HTML,
)


@pytest.fixture
def world() -> World:
    """A name of the public net that leads to this machine."""
    return World({"glue.example.org": [["127.0.0.1"]]})


def linking(village: Village, other: Server, **what: object) -> Post:
    source = f"See http://glue.example.org:{other.port}/wood"
    return Post.objects.get(topic=topic_in(space_for(village.ada, **what), village.ben, source=source))


def look(post: Post, other: Server, world: World) -> str:
    preview(post_id=post.pk, at=LATER, policy=policy(other, types=("text/html",)), network=world.network)
    post.refresh_from_db()
    return post.link_card


def test_a_link_is_shown_with_what_its_page_says(village: Village, world: World) -> None:
    with server(PAGE) as other:
        post = linking(village, other)
        card = look(post, other, world)
    assert "<b>Glue</b>" in card
    assert "Holds &amp; stays" in card
    assert "Woodworks" in card
    assert card in browser(village.ben).get(f"/inside/topics/{post.topic_id}/").content.decode()
    assert [each.kind for each in pull("community")][-1] == "LinkPreviewed"


def test_a_page_is_asked_once_for_all_who_link_to_it(village: Village, world: World) -> None:
    with server(PAGE) as other:
        look(linking(village, other), other, world)
        look(linking(village, other, name="Other"), other, world)
        assert len(other.asked) == 1


@pytest.mark.parametrize(
    "bad",
    [
        answer(b"<title>Gone</title>", HTML, status="404 Gone"),
        answer(b"<p>no title", HTML),
        answer(b"%PDF", "Content-Type: application/pdf"),
        OK,
        b"",
    ],
)
def test_what_says_nothing_is_shown_as_it_was_written(village: Village, world: World, bad: bytes) -> None:
    with server(bad) as other:
        assert look(linking(village, other), other, world) == ""


def test_what_a_page_says_is_words_and_never_markup(village: Village, world: World) -> None:
    evil = "<title>&lt;script&gt;alert(1)&lt;/script&gt;\u202e\u200b<b onclick=x>Hi</title>".encode()
    with server(answer(evil, HTML)) as other:
        card = look(linking(village, other), other, world)
    assert "<script" not in card
    assert "<b onclick" not in card
    assert "\u202e" not in card


def test_nobody_is_asked_for_what_is_sensitive(village: Village, world: World) -> None:
    with server(PAGE) as other:
        assert look(linking(village, other, is_sensitive=True), other, world) == ""
        assert other.asked == []


def test_nobody_is_asked_where_it_is_switched_off(village: Village, world: World, settings: Settings) -> None:
    settings.PORCH_LINK_PREVIEWS = False
    with server(PAGE) as other:
        assert look(linking(village, other), other, world) == ""
        assert other.asked == []


def test_a_machine_of_the_inner_network_is_not_asked(village: Village) -> None:
    inner = World({"glue.example.org": [["10.0.0.8"]]})
    source = "See http://glue.example.org/"
    post = Post.objects.get(topic=topic_in(space_for(village.ada), village.ben, source=source))
    preview(post_id=post.pk, at=LATER, network=inner.network)
    assert inner.knocks == []
    assert Post.objects.get().link_card == ""


def test_a_changed_link_changes_its_preview(village: Village, world: World) -> None:
    with server(PAGE) as other:
        post = linking(village, other)
        look(post, other, world)
        edit_post(post_id=post.pk, source="No link", edits=0, by=village.ben, at=LATER)
        assert look(post, other, world) == ""


def test_a_preview_that_comes_late_for_another_link_is_not_put_there(village: Village) -> None:
    source = "See https://a.example.org/"
    post = Post.objects.get(topic=topic_in(space_for(village.ada), village.ben, source=source))
    put_card(post_id=post.pk, url="https://before.example.org/", card="<aside>Before</aside>", at=LATER)
    post.refresh_from_db()
    assert post.link_card == ""


def test_a_deleted_post_has_none(village: Village, world: World) -> None:
    with server(PAGE) as other:
        post = linking(village, other)
        look(post, other, world)
        delete_post(post_id=post.pk, by=village.ben, at=LATER)
        assert look(post, other, world) == ""
        assert "Glue" not in browser(village.ada).get(f"/inside/topics/{post.topic_id}/").content.decode()


def test_its_author_and_those_who_look_after_it_take_it_away_for_good(village: Village, world: World) -> None:
    sol = add_steward()
    with server(PAGE) as other:
        for name, who in (("One", village.ben), ("Two", sol)):
            post = linking(village, other, name=name)
            look(post, other, world)
            remove_preview(post_id=post.pk, by=who, at=LATER)
            assert look(post, other, world) == ""
            with pytest.raises(NoPreview):
                remove_preview(post_id=post.pk, by=who, at=LATER)


def test_nobody_else_takes_it_away(village: Village, world: World) -> None:
    with server(PAGE) as other:
        post = linking(village, other, role=None)
        look(post, other, world)
    eve = add_person("eve")
    with pytest.raises(NotFound):
        remove_preview(post_id=post.pk, by=eve, at=LATER)
    assert browser(village.dov).post(f"/inside/posts/{post.pk}/preview/").status_code == 404
    other_post = Post.objects.get(topic=topic_in(space_for(village.ada, "Third"), village.ada))
    with pytest.raises(NotYourPost):
        remove_preview(post_id=other_post.pk, by=village.ben, at=LATER)


def test_an_erased_address_goes_from_the_preview_too(village: Village) -> None:
    eve = add_person("eve")
    post = Post.objects.get(topic=topic_in(space_for(village.ada), village.ben, source="Hello"))
    Post.objects.update(link_card="<aside>eve@example.org</aside>")
    erase_person(person=eve, by=village.ada, at=LATER)
    post.refresh_from_db()
    assert "eve@" not in post.link_card


@pytest.mark.parametrize(("age", "left"), [(FRESH - timedelta(seconds=1), 1), (FRESH, 0)])
def test_what_pages_said_is_forgotten(age: timedelta, left: int) -> None:
    LinkedPage.objects.create(url_hash="0" * 64, url="https://example.org/", asked_at=NOON)
    forget_pages(at=NOON + age)
    assert LinkedPage.objects.count() == left


@pytest.mark.parametrize(
    ("source", "link"),
    [
        ("See https://a.example.org/x?y=1&z=2.", "https://a.example.org/x?y=1&z=2"),
        ("[here](https://a.example.org/) and https://b.example.org/", "https://a.example.org/"),
        ("> https://quoted.example.org/\n\nhttps://mine.example.org/", "https://mine.example.org/"),
        ("`https://code.example.org/`", None),
        ("https://localhost/ and https://a.example.org/", "https://a.example.org/"),
        ("[in](/inside/) mailto:ben@example.org", None),
    ],
)
def test_the_first_link_that_is_ones_own_counts(source: str, link: str | None) -> None:
    assert link_in(render(source, home="https://porch.example").html) == link


@given(st.binary(max_size=2_000))
def test_whatever_a_page_is_reading_it_gives_plain_short_words(body: bytes) -> None:
    said = read_page(Fetched("https://a.example.org/", 200, Headers([]), body))
    for words, most in ((said.title, 200), (said.text, 300), (said.site, 80)):
        assert len(words) <= most
        assert words == " ".join(words.split())
