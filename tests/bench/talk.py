"""A large community that talks: so many posts, topics and members, written in bulk with words as people use them.

The same numbers give the same talk. It runs inside Django, in an empty or a settled house:
``porch manage shell -c "from tests.bench.talk import fill_talk; fill_talk(500_000, 20_000, 10_000)"``.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate, islice
from random import Random

from django.db import connection, transaction
from django.db.models import Max

from porch.community.circles.models import Circle
from porch.community.membership.models import Member
from porch.community.profiles.models import NameStart
from porch.community.profiles.values import starts
from porch.conversation.posts.models import Post
from porch.conversation.search.models import Entry
from porch.conversation.search.words import words_of
from porch.conversation.spaces.models import Space
from porch.conversation.topics.models import Kind, Topic
from porch.people.identity.models import Person

BEGUN = datetime(2023, 1, 1, 8, 0, tzinfo=UTC)
SPAN = timedelta(days=1_000)
SPACES, CLOSED_SPACES, VOCABULARY, BATCH = 24, 4, 30_000, 2_000
COMMON = "the and to of a in is that it we for on you with as be at this have not but are from they by"
NAMES = "Ada Ben Cleo Dov Eva Finn Gita Hana Ilse Jon Kai Lena Mira Nils Olga Per"
SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe qui ro sa te vi wo xa ye zi bra cle dri sto plu"


def fill_talk(posts: int, topics: int, members: int) -> None:
    """Write members, spaces, topics and posts, with the index of the search. Every tenth topic is a question."""
    random = Random(f"{posts} {topics} {members}")
    with transaction.atomic():
        people = add_people(members)
        spaces = add_spaces()
    words = vocabulary(random)
    weights = list(accumulate(1 / (rank + 2) for rank in range(len(words))))
    with transaction.atomic():
        begun = add_topics(topics, posts, spaces, people, random, words, weights)
    places = {each.pk: each.space_id for each in begun}
    rows = said(posts, begun, people, random, words, weights)
    while batch := list(islice(rows, BATCH)):
        with transaction.atomic():
            Post.objects.bulk_create([post for post, _title in batch])
            Entry.objects.bulk_create(
                [
                    Entry(post_id=post.pk, words=words_of(title, post.html, places[post.topic_id]))
                    for post, title in batch
                ]
            )
    count(begun, spaces)


def add_people(members: int) -> list[int]:
    """Add members, each found by name in the directory."""
    last = Person.objects.aggregate(n=Max("pk"))["n"] or 0
    names = NAMES.split()
    named = [f"Member {names[n % len(names)]} Number{n}" for n in range(members)]
    people = Person.objects.bulk_create(
        [Person(name=name, created_at=BEGUN, password="!") for name in named], batch_size=BATCH
    )
    here = Member.objects.bulk_create(
        [Member(person=each, joined_at=BEGUN) for each in people], batch_size=BATCH
    )
    NameStart.objects.bulk_create(
        [
            NameStart(member=m, start=start)
            for m, p in zip(here, people, strict=True)
            for start in sorted(starts(p.name))
        ],
        batch_size=BATCH,
    )
    assert all(each.pk > last for each in people)
    return [each.pk for each in people]


def add_spaces() -> list[Space]:
    """Add spaces, most for every member, some for a circle with few in it."""
    made = []
    for n in range(SPACES):
        circle = None
        if n >= SPACES - CLOSED_SPACES:
            circle = Circle.objects.create(slug=f"circle-{n}", name=f"Circle {n}", made_at=BEGUN)
        made.append(Space.objects.create(slug=f"space-{n}", name=f"Space {n}", made_at=BEGUN, circle=circle))
    return made


def vocabulary(random: Random) -> list[str]:
    """Make words, the commonest first."""
    syllables = SYLLABLES.split()
    found = dict.fromkeys(COMMON.split())
    while len(found) < VOCABULARY:
        found["".join(random.choices(syllables, k=random.choice((2, 2, 3, 3, 4))))] = None
    return list(found)


def add_topics(
    topics: int,
    posts: int,
    spaces: list[Space],
    people: list[int],
    random: Random,
    words: list[str],
    weights: list[float],
) -> list[Topic]:
    """Add topics, evenly over the time in which all is said; the first space has most, so that a page of it is full."""
    made = []
    busy = list(accumulate(1 / (rank + 1) for rank in range(len(spaces))))
    for n in range(topics):
        title = " ".join(random.choices(words, cum_weights=weights, k=5)).capitalize()
        at = BEGUN + SPAN * (n / topics)
        kind = Kind.QUESTION if n % 10 == 0 else Kind.CONVERSATION
        made.append(
            Topic(
                space=random.choices(spaces, cum_weights=busy)[0],
                kind=kind,
                title=title,
                author_id=random.choice(people),
                begun_at=at,
                last_said_at=at,
            )
        )
    return Topic.objects.bulk_create(made, batch_size=BATCH)


def said(
    posts: int, topics: list[Topic], people: list[int], random: Random, words: list[str], weights: list[float]
) -> Iterator[tuple[Post, str]]:
    """Give each post in the order of time, with the title where it begins a topic. Newer topics are talked in more."""
    numbers = [0] * len(topics)
    begun = 0
    for n in range(posts):
        at = BEGUN + SPAN * (n / posts)
        if begun < len(topics) and begun * posts <= n * len(topics):
            place, begun = begun, begun + 1
        else:
            place = begun - 1 - int(begun * random.random() ** 3)
        numbers[place] += 1
        text = " ".join(random.choices(words, cum_weights=weights, k=random.randint(8, 70)))
        post = Post(
            topic=topics[place],
            number=numbers[place],
            author_id=random.choice(people),
            at=at,
            source=text,
            html=f"<p>{text}</p>\n",
            html_version=1,
        )
        yield post, topics[place].title if numbers[place] == 1 else ""


def count(topics: list[Topic], spaces: list[Space]) -> None:
    """Write the numbers that stand on topics and spaces."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE conversation_topic SET "
            "posts = (SELECT max(p.number) FROM conversation_post p WHERE p.topic_id = conversation_topic.id), "
            "last_said_at = (SELECT max(p.at) FROM conversation_post p WHERE p.topic_id = conversation_topic.id) "
            "WHERE id >= %s",
            [topics[0].pk],
        )
        cursor.execute(
            "UPDATE conversation_space SET "
            "topics = (SELECT count(*) FROM conversation_topic t WHERE t.space_id = conversation_space.id), "
            "posts = (SELECT coalesce(sum(t.posts), 0) FROM conversation_topic t "
            "WHERE t.space_id = conversation_space.id), "
            "last_said_at = (SELECT max(t.last_said_at) FROM conversation_topic t "
            "WHERE t.space_id = conversation_space.id) "
            "WHERE id >= %s",
            [spaces[0].pk],
        )
