"""Two worlds that differ in what somebody does not reach: a search answers the same in both, to the byte.

The one has five hundred posts more with all the words that are sought, older and newer ones, where whoever asks does
not read.
"""

import re
from collections.abc import Callable
from importlib import import_module

import pytest
from django.db import connection
from django.test import Client

from porch.community.membership.models import Member
from porch.conversation.direct.beginning import begin_direct
from porch.conversation.moving.actions import move_posts
from porch.conversation.posts.models import Deletion, Post
from porch.conversation.search.engines import NEWEST, Found, Word, match_all
from porch.conversation.search.indexing import mend
from porch.conversation.search.models import Entry
from porch.conversation.search.reads import FITTING
from porch.conversation.search.words import words_of
from porch.conversation.tags.models import Tag, TopicTag
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import move_topic
from porch.people.identity.models import Person
from tests.conversation.search.seeking import found
from tests.conversation.talk import LATER, kitchen, say, space_for, topic_in
from tests.village import NOON, Village, add_person, browser
from tests.web.api.callers import Program, token_of

HIDDEN, OLDER, NEWER = 500, 10_000, 30_000
TEXT = "Sour dough bread"
QUERIES = (
    "dough",
    '"sour dough"',
    "doug*",
    "dough -oats",
    "tag:yeast",
    "-tag:yeast dough",
    "from:ada dough",
    "is:first",
    "is:question dough",
    "before:2099 dough",
    "in:workshop dough",
)
OF_THIS_MOMENT = re.compile(r'(name="csrfmiddlewaretoken" value|nonce)="[^"]*"')


def in_a_hidden_circle(village: Village) -> Topic:
    return topic_in(kitchen(village, village.ada, is_hidden=True), village.ada, TEXT, TEXT, kind="question")


def between_others(village: Village) -> Topic:
    eva = add_person("eva")
    member = Member.objects.create(person=eva, joined_at=NOON)
    return begin_direct(with_ids=[member.pk], source=TEXT, by=village.ada, at=LATER).topic


def deleted(village: Village) -> Topic:
    return Topic.objects.get(title="Loaf")


PLACES: list[Callable[[Village], Topic]] = [in_a_hidden_circle, between_others, deleted]


def number_posts_from(first: int) -> None:
    """Have the posts that are written from now on be newer than some that come later."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = 'conversation_post'")
            cursor.execute("INSERT INTO sqlite_sequence VALUES ('conversation_post', %s)", [first])
        else:
            cursor.execute("SELECT setval(pg_get_serial_sequence('conversation_post', 'id'), %s)", [first])


def fill(topic: Topic, author: Person, *, is_deleted: bool) -> None:
    """Write posts with all the words, as verbs would leave them: half of them older than what is read, half newer."""
    tag, _is_new = Tag.objects.get_or_create(folded="yeast", defaults={"name": "yeast"})
    if not is_deleted:
        TopicTag.objects.create(topic=topic, tag=tag)
    posts = [
        Post(
            pk=(OLDER if n % 2 else NEWER) + n,
            topic=topic,
            number=1_000 + n,
            author=author,
            at=NOON,
            source=TEXT,
            html=f"<p>{TEXT}</p>",
            html_version=1,
        )
        for n in range(HIDDEN)
    ]
    Post.objects.bulk_create(posts)
    Entry.objects.bulk_create(
        Entry(post=each, words=words_of("", each.html, topic.space_id)) for each in posts
    )
    if is_deleted:
        Deletion.objects.bulk_create(
            Deletion(post=each, at=LATER, by=author, by_author=True) for each in posts
        )


def answers(client: Client, tokens: dict[str, Program]) -> dict[str, list[object]]:
    """Give all that pages and the API answer to each query, part by part."""
    return {
        query: [
            *walk_pages(client, query),
            *walk_api(tokens[query], query, "newest"),
            *walk_api(tokens[query], query, "oldest"),
        ]
        for query in QUERIES
    }


def walk_pages(client: Client, query: str) -> list[str]:
    parts, address, asked = [], "/inside/search/", {"q": query}
    while True:
        page = client.get(address, asked).content.decode()
        parts.append(OF_THIS_MOMENT.sub("", page.partition("<main")[2]))
        more = re.search(r'href="/inside/search/(\?[^"]*\bon=[^"]*)"', page)
        if more is None:
            return parts
        address, asked = "/inside/search/" + more[1].replace("&amp;", "&"), {}


def walk_api(program: Program, query: str, sort: str) -> list[object]:
    parts: list[object] = []
    cursor = ""
    while True:
        answer = program.get("/search", data={"q": query, "sort": sort, "cursor": cursor})
        assert answer.status_code == 200, answer.content
        parts += [answer.content, answer.headers.get("Link"), answer.headers["ETag"]]
        cursor = answer.json()["next"]
        if not cursor:
            return parts


@pytest.mark.parametrize("place", PLACES, ids=lambda each: each.__name__)
def test_a_search_answers_the_same_whatever_is_elsewhere(
    village: Village, place: Callable[[Village], Topic]
) -> None:
    number_posts_from(20_000)
    loaf = topic_in(space_for(village.ada), village.ada, "Loaf", TEXT, kind="question", tags="yeast")
    for _ in range(25):
        say(loaf, village.ada, TEXT)
    for n in range(25):
        topic_in(loaf.space, village.ada, f"Dough {n}", "oats", tags="yeast")
    topic = place(village)
    client = browser(village.ben)
    tokens = {query: Program(token_of(village.ben, ["talk:read", "direct:read"]).secret) for query in QUERIES}
    before = answers(client, tokens)
    fill(topic, village.ada, is_deleted=place is deleted)
    assert len(before["dough"]) > 8, "there are several parts"
    assert Post.objects.count() > HIDDEN > FITTING
    after = answers(client, tokens)
    for query in before:
        assert after[query] == before[query], query


def test_a_moved_topic_and_posts_that_moved_are_found_where_they_stand(village: Village) -> None:
    closed = kitchen(village, village.ada, village.ben)
    to = space_for(village.ada, "Pantry", circle=closed.circle)
    topic, other = topic_in(closed, village.ada, "Rye"), topic_in(to, village.ada, "Oats")
    first, second = (say(topic, village.ada, "Zwieback") for _ in range(2))
    assert found("zwieback", village.ben) == [second.pk, first.pk]
    move_posts(topic_id=topic.pk, numbers=[second.number], to_id=other.pk, by=village.ada, at=LATER)
    assert all(each.wrong == 0 for each in mend(fix=False))
    move_topic(topic_id=topic.pk, to_id=to.pk, by=village.ada, at=LATER)
    assert all(each.wrong == 0 for each in mend(fix=False))
    assert found("zwieback", village.ben) == [second.pk, first.pk]
    assert found("zwieback", village.dov) == []


def test_a_word_is_sought_by_going_through_no_other_spaces(village: Village) -> None:
    """Where one post is reached and many others have the word, the index itself gives the one alone."""
    said = topic_in(space_for(village.ada), village.ben, "Tea", TEXT)
    fill(in_a_hidden_circle(village), village.ada, is_deleted=False)
    match = match_all([Word("dough")], [said.space_id])
    given = Post.objects.filter(pk__in=Found(match, NEWEST, most=2_000))
    assert [each.topic_id for each in given] == [said.pk]
    assert match_all([Word("dough")], [said.space_id, 7]).count("#") == 2


def test_without_leave_for_direct_conversations_a_token_is_told_nothing_of_them(village: Village) -> None:
    topic_in(space_for(village.ada), village.ada, "Loaf", TEXT)
    program = Program(token_of(village.ben, ["talk:read"]).secret)
    before = walk_api(program, "dough", "newest")
    ada = Member.objects.get(person=village.ada)
    direct = begin_direct(with_ids=[ada.pk], source=TEXT, by=village.ben, at=LATER).topic
    fill(direct, village.ada, is_deleted=False)
    assert walk_api(program, "dough", "newest") == before
    assert len(found("dough", village.ben)) == HIDDEN + 2


def test_words_written_before_are_placed_by_the_migration(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben, "Tea", TEXT)
    post = say(topic, village.ben, "Zwieback")
    steps = import_module("porch.conversation.migrations.0012_places_of_words")
    right = dict(Entry.objects.values_list("pk", "words"))
    with connection.cursor() as cursor:
        cursor.execute(steps.UNSAID.replace("{at}", steps.AT[connection.vendor]))
    assert Entry.objects.get(pk=post.pk).words == " zwieback "
    assert found("zwieback", village.ben) == []
    with connection.cursor() as cursor:
        cursor.execute(steps.SAID)
        cursor.execute(steps.SAID)
    assert dict(Entry.objects.values_list("pk", "words")) == right
    assert found("zwieback", village.ben) == [post.pk]
