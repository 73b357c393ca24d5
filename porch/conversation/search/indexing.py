"""Keeping the index in step with what is said: in the transaction of the verb, so that a post is found at once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Concat, Substr

from porch.conversation.posts.models import Post
from porch.conversation.search.models import Entry
from porch.conversation.search.words import placed_in, words_of
from porch.conversation.topics.models import Topic
from porch.kit.prepared_models import PreparedInsert

BATCH = 500
ADD_ENTRY = PreparedInsert(Entry)


@dataclass(frozen=True, slots=True)
class Mended:
    """How far a walk over the posts has come: ``last`` is the number of the last, ``wrong`` how many were not right."""

    last: int
    posts: int
    wrong: int


def index_post(post: Post, topic: Topic) -> None:
    """Put the words of a post into the index, or in the place of those that were there."""
    words = words_of(topic.title if post.number == 1 else "", post.html, topic.space_id)
    if not Entry.objects.filter(pk=post.pk).update(words=words):
        Entry.objects.create(post=post, words=words)


def index_new(post: Post, topic: Topic) -> None:
    """Put the words of a post into the index that was not there before."""
    title = topic.title if post.number == 1 else ""
    ADD_ENTRY.make(post_id=post.pk, words=words_of(title, post.html, topic.space_id))


def index_beginning(topic: Topic) -> None:
    """Put the words of a topic's first post into the index again: its title has changed, or it has another."""
    first = Post.objects.filter(topic=topic, number=1).first()
    if first is not None:
        index_post(first, topic)


def index_moved(topic: Topic, left_id: int) -> None:
    """Say of the posts of a topic that stood in another space in which they stand now."""
    before, now = placed_in(left_id), placed_in(topic.space_id)
    moved = Entry.objects.filter(post__topic=topic, words__startswith=before)
    moved.update(words=Concat(Value(now), Substr("words", len(before) + 1)))


def mend(*, after: int = 0, fix: bool = True) -> Iterator[Mended]:
    """Walk over all posts, a batch at a time, and put right what the index has wrong, or only count it.

    Killed and begun again, it goes quickly over what is right already; ``after`` is the post to go on after.
    """
    while True:
        with transaction.atomic():
            found = list(batch_after(after))
            wrong = put_right(found, fix=fix)
        if not found:
            return
        after = found[-1].pk
        yield Mended(after, len(found), wrong)


def batch_after(after: int) -> QuerySet[Post]:
    """Select the next posts, held where rows can be held: an edit waits, and finds its words in place."""
    # What stands where a post was, before it moved, has no words.
    found = Post.objects.filter(pk__gt=after, moved_to__isnull=True).order_by("pk").select_related("topic")
    return found.only("number", "html", "topic__title", "topic__space").select_for_update(of=("self",))[
        :BATCH
    ]


def put_right(posts: Iterable[Post], *, fix: bool) -> int:
    """Hold the entries of posts against their texts; give how many differ or are missing."""
    wanted = {
        each.pk: words_of(each.topic.title if each.number == 1 else "", each.html, each.topic.space_id)
        for each in posts
    }
    there = dict(Entry.objects.filter(pk__in=wanted).values_list("pk", "words"))
    missing = [pk for pk in wanted if pk not in there]
    differing = [pk for pk, words in there.items() if words != wanted[pk]]
    if fix:
        Entry.objects.bulk_create(Entry(post_id=pk, words=wanted[pk]) for pk in missing)
        for pk in differing:
            Entry.objects.filter(pk=pk).update(words=wanted[pk])
    return len(missing) + len(differing)
