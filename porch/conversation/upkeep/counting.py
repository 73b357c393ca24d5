"""Every number that is kept beside what it counts, counted anew: of posts, topics and spaces.

Rows that look wrong are found without holding anything; each is then held, counted again and mended by itself. So it
runs beside everyone who writes, and needs as much memory for a million posts as for a thousand.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection, models, transaction
from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from porch.conversation.posts.models import Edition, Post
from porch.conversation.reactions.models import Reaction, count_reactions
from porch.conversation.spaces.locking import hold_spaces
from porch.conversation.spaces.models import Space
from porch.conversation.tags.actions import names_on, take_turns_with_tags
from porch.conversation.tags.models import TopicTag
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import count_anew

BATCH = 500


@dataclass(frozen=True, slots=True)
class Difference:
    """A number that was wrong, and what it is now: of "topic 7", its "posts"."""

    what: str
    field: str
    before: object
    after: object


def recount() -> Iterator[Difference]:
    """Count everything anew, and give each number that was wrong and is mended."""
    for topic_id in suspects(odd_topics()):
        yield from mend_topic(topic_id)
    for post_id in suspects(odd_edits()):
        yield from mend_edits(post_id)
    for post_id in posts_to_look_at():
        yield from mend_reactions(post_id)
    for topic_id in topics_to_look_at():
        yield from mend_tags(topic_id)
    # Last: it is counted from topics.
    for space_id in Space.objects.order_by("pk").values_list("pk", flat=True):
        yield from mend_space(space_id)


def suspects(rows: "QuerySet[Topic] | QuerySet[Post]") -> Iterator[int]:
    """Give the numbers of rows, in batches, each of which is asked for anew."""
    after = 0
    while batch := list(rows.filter(pk__gt=after).order_by("pk").values_list("pk", flat=True)[:BATCH]):
        yield from batch
        after = batch[-1]


def odd_topics() -> QuerySet[Topic]:
    """Select the topics whose newest number or time is not that of their posts."""
    posts = Post.objects.filter(topic=OuterRef("pk")).order_by().values("topic")
    return Topic.objects.annotate(
        newest=Coalesce(Subquery(posts.annotate(n=Max("number")).values("n")), 0),
        latest=Subquery(posts.filter(moved_to__isnull=True).annotate(at=Max("at")).values("at")),
    ).filter(~Q(posts=F("newest")) | (Q(latest__isnull=False) & ~Q(last_said_at=F("latest"))))


def odd_edits() -> QuerySet[Post]:
    """Select the posts that say to have been changed more or less often than there are editions."""
    editions = Edition.objects.filter(post=OuterRef("pk")).order_by().values("post")
    counted = Coalesce(Subquery(editions.annotate(n=Count("pk")).values("n")), 0)
    return Post.objects.annotate(counted=counted).filter(~Q(edits=F("counted")))


@transaction.atomic
def mend_topic(topic_id: int) -> list[Difference]:
    """Hold a topic, and have its newest number and time be those of its posts."""
    topic = held(topic_id)
    posts = Post.objects.filter(topic=topic)
    newest = posts.aggregate(n=Coalesce(Max("number"), 0))["n"]
    latest = posts.filter(moved_to__isnull=True).aggregate(at=Max("at"))["at"] or topic.last_said_at
    return mend(topic, {"posts": newest, "last_said_at": latest})


@transaction.atomic
def mend_edits(post_id: int) -> list[Difference]:
    """Have a post say how often it was changed."""
    held(Post.objects.values_list("topic_id", flat=True).get(pk=post_id))
    return mend(Post.objects.get(pk=post_id), {"edits": Edition.objects.filter(post=post_id).count()})


def posts_to_look_at() -> Iterator[int]:
    """Give the posts whose text of reactions is not what the rows say, in the order of their numbers."""
    after = 0
    some = Reaction.objects.filter(post=OuterRef("pk"))
    rows = Post.objects.filter(~Q(reactions="") | Q(models.Exists(some))).order_by("pk")
    while batch := dict(rows.filter(pk__gt=after).values_list("pk", "reactions")[:BATCH]):
        found: dict[int, list[str]] = {}
        counts = Reaction.objects.filter(post__in=batch).values("post_id", "emoji")
        for each in counts.annotate(many=Count("pk"), first=models.Min("pk")).order_by("first"):
            found.setdefault(each["post_id"], []).append(f"{each['emoji']} {each['many']}")
        yield from (pk for pk, text in batch.items() if text != " ".join(found.get(pk, [])))
        after = max(batch)


@transaction.atomic
def mend_reactions(post_id: int) -> list[Difference]:
    """Have a post bear the reactions that were given to it."""
    held(Post.objects.values_list("topic_id", flat=True).get(pk=post_id))
    before = Post.objects.values_list("reactions", flat=True).get(pk=post_id)
    return differences(f"post {post_id}", {"reactions": before}, {"reactions": count_reactions(post_id)})


def topics_to_look_at() -> Iterator[int]:
    """Give the topics whose text of tags is not what the rows say."""
    after = 0
    some = TopicTag.objects.filter(topic=OuterRef("pk"))
    rows = Topic.objects.filter(~Q(tags="") | Q(models.Exists(some))).order_by("pk")
    while batch := dict(rows.filter(pk__gt=after).values_list("pk", "tags")[:BATCH]):
        found = names_on(batch)
        yield from (pk for pk, text in batch.items() if text != found.get(pk, ""))
        after = max(batch)


@transaction.atomic
def mend_tags(topic_id: int) -> list[Difference]:
    """Have a topic bear the names of its tags."""
    take_turns_with_tags()
    return mend(held(topic_id), {"tags": names_on([topic_id]).get(topic_id, "")})


@transaction.atomic
def mend_space(space_id: int) -> list[Difference]:
    """Hold a space, and have it say what stands in it."""
    hold_spaces(space_id)
    before = counts_of(space_id)
    count_anew(Space.objects.get(pk=space_id))
    return differences(f"space {space_id}", before, counts_of(space_id))


def counts_of(space_id: int) -> dict[str, object]:
    """Read what a space says of what stands in it."""
    return dict(Space.objects.values("topics", "posts", "last_said_at").get(pk=space_id))


def held(topic_id: int) -> Topic:
    """Hold a topic to the end of the transaction, and read it."""
    rows = Topic.objects.filter(pk=topic_id)
    if connection.features.has_select_for_update:
        list(rows.select_for_update(no_key=True).values_list("pk"))
    return rows.get()


def mend(row: Topic | Post, right: dict[str, object]) -> list[Difference]:
    """Write what is right where something else stands, and give what did."""
    before = {name: getattr(row, name) for name in right}
    if before != right:
        type(row)._base_manager.filter(pk=row.pk).update(**right)
    return differences(f"{row._meta.model_name} {row.pk}", before, right)


def differences(what: str, before: dict[str, object], after: dict[str, object]) -> list[Difference]:
    """List where two sets of numbers differ."""
    return [
        Difference(what, name, before[name], after[name]) for name in after if before[name] != after[name]
    ]
