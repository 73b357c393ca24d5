"""Numbers that are wrong are put right and named; where all is right, nothing changes, whatever happened before."""

import json

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from porch.conversation.moving.actions import merge_topic, move_posts, split_topic
from porch.conversation.posts.changing import delete_post, edit_post
from porch.conversation.posts.models import Post
from porch.conversation.reactions.actions import react
from porch.conversation.spaces.models import Space
from porch.conversation.tags.actions import rename_tag, tag_topic
from porch.conversation.tags.models import Tag
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import move_topic
from porch.conversation.upkeep.counting import BATCH, Difference, recount
from porch.kit.refusals import Refusal
from porch.web.cli.repair import repair
from tests.conversation.talk import LATER, say, space_for, topic_in
from tests.engine.promises.owing import at_once
from tests.village import NOON, Village, build_village

STEP = st.tuples(st.integers(0, 8), st.integers(0, 5), st.integers(0, 5), st.integers(0, 5))


def everything() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (Space, Topic, Post)]


def do(village: Village, spaces: list[Space], step: tuple[int, int, int, int]) -> None:
    """Do one thing of all that changes numbers."""
    kind, a, b, c = step
    topics, posts = list(Topic.objects.order_by("pk")), list(Post.objects.order_by("pk"))
    topic, other, post = topics[a % len(topics)], topics[b % len(topics)], posts[(a + 6 * b) % len(posts)]
    by, at = {"by": village.ada}, {"at": LATER}
    numbers = {b + 1, c + 1} - {1}
    acts = [
        lambda: say(topic, village.ben, f"x{c}"),
        lambda: topic_in(spaces[a % 2], village.ben, tags="rye, oat"[: 3 + b]),
        lambda: react(post_id=post.pk, emoji="👍🎉👀"[c % 3], by=(village.ada, village.ben)[a % 2], **at),
        lambda: move_topic(topic_id=topic.pk, to_id=spaces[c % 2].pk, **by, **at),
        lambda: split_topic(topic_id=topic.pk, numbers=sorted(numbers), title="x", **by, **at),
        lambda: move_posts(topic_id=topic.pk, numbers=sorted(numbers), to_id=other.pk, **by, **at),
        lambda: merge_topic(topic_id=topic.pk, into_id=other.pk, **by, **at),
        lambda: edit_post(post_id=post.pk, source=f"y{c}", edits=post.edits, by=village.ben, **at),
        lambda: tag_topic(topic_id=topic.pk, tags="rye, wheat, oat"[: 4 + 2 * c], **by, **at),
    ]
    acts[kind]()
    if (tag := Tag.objects.first()) and (a, b) == (3, 3):
        rename_tag(tag_id=tag.pk, name="wheat", **by, **at)
    if (a, b) == (4, 4):
        delete_post(post_id=post.pk, **by, **at)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEP, max_size=15))
def test_whatever_happened_a_sound_house_stays_as_it_is(
    village: Village, steps: list[tuple[int, int, int, int]]
) -> None:
    spaces = [space_for(village.ada, name) for name in ("One", "Two")]
    for n in range(3):
        say(topic_in(spaces[n % 2], village.ben), village.ben)
    for step in steps:
        try:
            do(village, spaces, step)
        except Refusal:
            continue
    before = everything()
    assert list(recount()) == []
    assert everything() == before


def test_each_number_that_is_wrong_is_named_and_put_right(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben, tags="rye")
    post = say(topic, village.ben)
    react(post_id=post.pk, emoji="👍", by=village.ada, at=LATER)
    before = everything()
    Topic.objects.update(posts=7, last_said_at=NOON, tags="oat")
    Space.objects.update(posts=9, topics=0, last_said_at=None)
    Post.objects.update(edits=3, reactions="🎉 4")
    found = list(recount())
    assert everything() == before
    assert Difference(f"topic {topic.pk}", "posts", 7, 2) in found
    assert Difference(f"post {post.pk}", "reactions", "🎉 4", "👍 1") in found
    fields = [(each.what.split()[0], each.field) for each in found]
    assert sorted(set(fields)) == [
        ("post", "edits"),
        ("post", "reactions"),
        ("space", "last_said_at"),
        ("space", "posts"),
        ("space", "topics"),
        ("topic", "last_said_at"),
        ("topic", "posts"),
        ("topic", "tags"),
    ]
    assert list(recount()) == []


def test_it_goes_on_after_a_batch(village: Village) -> None:
    topic = topic_in(space_for(village.ada), village.ben)
    more = [
        Post(
            topic=topic, number=n, author=village.ben, at=LATER, source="x", html="x", html_version=1, edits=1
        )
        for n in range(2, BATCH + 5)
    ]
    Post.objects.bulk_create(more)
    assert len(list(recount())) == len(more) + 4
    assert list(recount()) == []


@pytest.mark.django_db(transaction=True)
def test_beside_those_who_write_nothing_gets_wrong() -> None:
    village = build_village()
    topic = topic_in(space_for(village.ada), village.ben)
    Topic.objects.update(tags="wrong", last_said_at=NOON)
    writes = [lambda: say(topic, village.ben) for _ in range(4)]
    came = at_once(*writes, lambda: list(recount()), lambda: list(recount()))
    assert not [each for each in came if isinstance(each, Exception)]
    list(recount())
    topic.refresh_from_db()
    assert (topic.posts, topic.tags) == (5, "")
    assert list(recount()) == []


def test_the_command_says_what_was_wrong(village: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("porch.web.cli.repair.bring_up_to_date", lambda: None)
    topic = topic_in(space_for(village.ada), village.ben)
    Topic.objects.update(posts=7)
    run = CliRunner().invoke(repair, ["counters"])
    assert f"topic {topic.pk}: posts said 7, and is 1" in run.output
    told = json.loads(CliRunner().invoke(repair, ["counters", "--json"]).stdout)
    assert told == {"ok": True, "mended": 0, "findings": []}
