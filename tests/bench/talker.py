"""A house in which so much was said, in one process: asked for a round, it says how long each of its pages took.

Words: how many posts. It says "ready", and then for each line that it is sent one of JSON: seconds of CPU by page, and
under ``search p95`` that of a twentieth of many searches.
"""

import json
import sys
import time
from functools import partial
from itertools import count
from random import Random

from django.db import connection
from django.test import Client

from porch.community.membership.models import Member
from porch.conversation.posts.models import Post
from porch.conversation.reading.actions import mark_read
from porch.conversation.spaces.models import Space
from porch.conversation.topics.models import Topic
from porch.kit.time import now
from tests.bench.grower import say, seconds
from tests.bench.talk import BEGUN, fill_talk, vocabulary

# As many topics and members to a post as in a house with 500,000 of them.
POSTS_TO_A_TOPIC, POSTS_TO_A_MEMBER = 25, 50
SEARCHES = 100


def main() -> None:
    posts = int(sys.argv[1])
    owner = Member.objects.filter(roles_held__role__key="owner").select_related("person")[0]
    # Who has been here from the beginning has all of it to read.
    Member.objects.filter(pk=owner.pk).update(joined_at=BEGUN)
    fill_talk(posts, posts // POSTS_TO_A_TOPIC, posts // POSTS_TO_A_MEMBER)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    client = Client(headers={"host": "localhost:8000"})
    client.force_login(owner.person)
    pages = pages_of(owner)
    for page in pages.values():
        assert client.get(page).status_code == 200, page
    words = vocabulary(Random(posts))
    say("ready")
    keys = count()
    for _ in sys.stdin:
        found = {name: seconds(partial(client.get, page)) for name, page in pages.items()}
        found["reply"] = seconds(partial(reply, client, pages["topic"], keys))
        found["search p95"] = slow_search(client, words)
        say(json.dumps(found))


def pages_of(owner: Member) -> dict[str, str]:
    """Give the pages that are looked at: the topic with most in it, read to its end, and the space with most."""
    topic = Topic.objects.filter(space__circle=None).order_by("-posts")[0]
    mark_read(topic_id=topic.pk, member_id=owner.pk, number=topic.posts, at=now())
    space = Space.objects.filter(circle=None).order_by("-posts")[0]
    assert Post.objects.filter(topic=topic).count() == topic.posts
    return {
        "topic": f"/inside/topics/{topic.pk}/",
        "space": f"/inside/spaces/{space.slug}/",
        "spaces": "/inside/spaces/",
        "latest": "/inside/latest/",
        "search": "/inside/search/?q=the",
    }


def reply(client: Client, topic: str, keys: "count[int]") -> None:
    """Answer in a topic."""
    form = {"source": f"A **reply**, the {next(keys)}th.\n\nIt says yes.", "sent_as": f"{time.time_ns()}"}
    assert client.post(f"{topic}posts/", form).status_code == 302


def slow_search(client: Client, words: list[str]) -> float:
    """Give the CPU time that one of twenty searches takes, or more: for one word or two, common ones and rare ones."""
    random, taken = Random(7), []
    for n in range(SEARCHES):
        # The vocabulary has the commonest first.
        sought = [words[int(len(words) * random.random() ** 3)] for _ in range(1 + n % 2)]
        begun = time.process_time()
        assert client.get("/inside/search/", {"q": " ".join(sought)}).status_code == 200
        taken.append(time.process_time() - begun)
    return sorted(taken)[int(SEARCHES * 0.95)]
