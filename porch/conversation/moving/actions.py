"""Splitting and merging topics: posts go to another topic, and every address that they had leads to them.

Where a post stood, a sign stays: a row without words at the same number that leads to the post. So numbers stay dense,
none is given twice, and how far somebody has read stays one number. A post that comes back takes its place again.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from porch.conversation.moving.models import Transfer, Way
from porch.conversation.posts.facts import PostMoved
from porch.conversation.posts.models import Post
from porch.conversation.posts.writing import AFTER_EDITING
from porch.conversation.reading.carrying import carry_levels, carry_readings
from porch.conversation.spaces.readers import opens
from porch.conversation.topics.acts import MERGED, SPLIT
from porch.conversation.topics.facts import AnswerWithdrawn, TopicMerged, TopicSplit
from porch.conversation.topics.finding import (
    Held,
    NotYoursToTend,
    hold_both,
    require_in_use,
    require_unmerged,
)
from porch.conversation.topics.models import LONGEST_TITLE, Kind, Topic
from porch.conversation.topics.rooms import StreamStays
from porch.conversation.topics.tending import (
    AFTER_MOVING,
    AFTER_PARTING,
    WouldBeReadByOthers,
    count_anew,
    hold_to_tend,
)
from porch.conversation.topics.voices import keep_voice
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note, note_all
from porch.kit.refusals import BadInput, Conflict
from porch.kit.text import clean_line
from porch.people.identity.models import Person

MOST_SPLIT, MOST_MERGED, BATCH = 100, 2_000, 100


class NothingChosen(BadInput):
    text = _("No post was chosen.")
    hint = _("Tick those that are to go.")


class TooManyChosen(BadInput):
    text = _("At most %(most)s posts go at once.")
    hint = _("Move the rest afterwards.")


class FirstPostStays(BadInput):
    text = _("A topic keeps its first post.")
    hint = _("To move all of it, merge the whole topic into another.")


class NotHereAnyMore(Conflict):
    text = _("One of these posts is not in this topic any more.")
    hint = _("Load the page anew, and choose again.")


class SameTopic(BadInput):
    text = _("This is the same topic.")
    hint = _("Name another one.")


class OthersThanExpected(Conflict):
    text = _("Something was written or moved there meanwhile.")
    hint = _("Look at it again: this is how it stands now.")


class PollStays(Conflict):
    text = _("A poll is not merged: its options and votes belong to its topic.")
    hint = _("Close it, and link from one to the other.")


class TooLongToMerge(Conflict):
    text = _("A topic of more than %(most)s posts is not merged.")
    hint = _("Close it, and link from one to the other.")


@transaction.atomic
def split_topic(*, topic_id: int, numbers: Sequence[int], title: str, by: Person, at: datetime) -> Topic:
    """Have posts of a topic become a new topic of the same space, and give that.

    Raises ``NotFound``, ``NotYoursToTend``, ``TopicIsMerged``, ``SpaceIsArchived``, ``NotYourVoice``, what is wrong
    with the title and with what was chosen.
    """
    title = clean_line(title, most=LONGEST_TITLE, name=_("title"))
    topic = hold_to_tend(topic_id, by).topic
    require_in_use(topic.space)
    posts = chosen(topic, numbers)
    first = posts[0]
    # Whoever splits says the title, and it would be said in the organisation's name.
    keep_voice(first.voice, topic.space_id, by)
    to = Topic.objects.create(
        space=topic.space,
        title=title,
        author=first.author,
        voice=first.voice,
        begun_at=first.at,
        last_said_at=first.at,
    )
    keep(Way.SPLIT, move(posts, topic, to, by=by, at=at), topic, to, by=by, at=at)
    count_anew(topic.space)
    record(SPLIT, by_id=by.pk, at=at, topic_id=topic.pk, to_topic_id=to.pk)
    note(TopicSplit(topic_id=topic.pk, to_topic_id=to.pk, by_person_id=by.pk, at=at))
    return to


@transaction.atomic
def move_posts(*, topic_id: int, numbers: Sequence[int], to_id: int, by: Person, at: datetime) -> Topic:
    """Have posts of a topic go to the end of another, or back to where they stood in it, and give that.

    They go where nobody reads them who could not before (B18). Raises what ``split_topic`` does, ``SameTopic`` and
    ``WouldBeReadByOthers``.
    """
    topic, to = hold_to_move(topic_id, to_id, by)
    posts = chosen(topic, numbers)
    keep(Way.MOVE, move(posts, topic, to, by=by, at=at), topic, to, by=by, at=at)
    for space in {topic.space_id: topic.space, to.space_id: to.space}.values():
        count_anew(space)
    record(SPLIT, by_id=by.pk, at=at, topic_id=topic.pk, to_topic_id=to.pk)
    note(TopicSplit(topic_id=topic.pk, to_topic_id=to.pk, by_person_id=by.pk, at=at))
    return to


@transaction.atomic
def merge_topic(
    *, topic_id: int, into_id: int, by: Person, at: datetime, expected: int | None = None
) -> Topic:
    """Have all posts of a topic go to another, to which its address then leads for ever; give that other one.

    Whoever follows it follows the other. ``expected`` is how many posts whoever merges was told of. Raises what
    ``move_posts`` does, ``TooLongToMerge``, and ``OthersThanExpected``.
    """
    topic, into = hold_to_move(topic_id, into_id, by)
    require_mergeable(topic)
    posts = list(Post.objects.filter(topic=topic, moved_to__isnull=True).order_by("number"))
    if expected is not None and expected != len(posts):
        raise OthersThanExpected
    before = {"was_pinned": topic.is_pinned, "answer": topic.answer}
    topic.merged_into, topic.is_pinned = into, False
    topic.save(update_fields=["merged_into", "is_pinned"])
    keep(Way.MERGE, move(posts, topic, into, by=by, at=at), topic, into, by=by, at=at, **before)
    carry_levels(from_id=topic.pk, to_id=into.pk, at=at)
    for space in {topic.space_id: topic.space, into.space_id: into.space}.values():
        count_anew(space)
    record(MERGED, by_id=by.pk, at=at, topic_id=topic.pk, to_topic_id=into.pk)
    note(TopicMerged(topic_id=topic.pk, to_topic_id=into.pk, by_person_id=by.pk, at=at))
    return into


def hold_to_move(topic_id: int, to_id: int, by: Person) -> tuple[Topic, Topic]:
    """Hold a topic and the one to which posts of it go, for somebody who looks after both."""
    if topic_id == to_id:
        raise SameTopic
    held, there = hold_both(topic_id, to_id, by)
    require_may_go(held, there)
    return held.topic, there.topic


def require_may_go(held: Held, there: Held) -> None:
    """Refuse to have posts of one topic go to another where that is not somebody's to do, or opens what was said."""
    require_tended(held, there)
    for each in (held, there):
        require_unmerged(each.topic)
    require_in_use(held.topic.space)
    require_in_use(there.topic.space)
    require_closed_enough(held.topic, there.topic)


def require_tended(*held: Held) -> None:
    """Refuse who does not look after all of these. Raises ``NotYoursToTend``."""
    if not all(each.tends for each in held):
        raise NotYoursToTend


def require_closed_enough(topic: Topic, to: Topic) -> None:
    """Refuse to have what is said in one topic be read by others in another (B18)."""
    if opens(topic.space, to.space):
        raise WouldBeReadByOthers


def require_mergeable(topic: Topic) -> None:
    """Refuse a room, a poll, whose ballot is the topic's, and what is too long for one transaction.

    Raises ``StreamStays``, ``PollStays`` and ``TooLongToMerge``.
    """
    if topic.kind == Kind.ROOM:
        raise StreamStays
    if topic.kind == Kind.POLL:
        raise PollStays
    if topic.posts > MOST_MERGED:
        raise TooLongToMerge(most=MOST_MERGED)


def chosen(topic: Topic, numbers: Sequence[int]) -> list[Post]:
    """Read the posts that were chosen, in their order. Raises what is wrong with the choice."""
    wanted = set(numbers)
    if not wanted:
        raise NothingChosen
    if 1 in wanted:
        raise FirstPostStays
    if len(wanted) > MOST_SPLIT:
        raise TooManyChosen(most=MOST_SPLIT)
    found = Post.objects.filter(topic=topic, number__in=wanted, moved_to__isnull=True)
    posts = list(found.select_related("author").order_by("number"))
    if len(posts) != len(wanted):
        raise NotHereAnyMore
    return posts


def keep(
    way: Way, signs: Sequence[Post], topic: Topic, to: Topic, *, by: Person, at: datetime, **before: Any
) -> None:
    """Keep what went together, so that it can be undone; signs are in the order of the posts."""
    Transfer.objects.create(
        topic=topic,
        to=to,
        way=way,
        by=by,
        at=at,
        posts=len(signs),
        first_number=signs[0].number,
        first_sign=min(each.pk for each in signs),
        last_sign=max(each.pk for each in signs),
        **before,
    )


def move(posts: Sequence[Post], topic: Topic, to: Topic, *, by: Person, at: datetime) -> list[Post]:
    """Move posts from one topic that is held to another, with what both count, and how far they are read.

    Gives the signs that stay, in the order of the posts.
    """
    before = {post.pk: post.number for post in posts}
    places = take_places(posts, to)
    moved = {before[post.pk]: places[post.pk] for post in posts}
    for post in posts:
        answer_from(post, topic, moved, places[post.pk])
        post.topic, post.number = to, places[post.pk]
    Post.objects.bulk_update(posts, ["topic", "number", "reply_to", "reply_topic"], batch_size=BATCH)
    signs = Post.objects.bulk_create([sign(post, topic, before[post.pk]) for post in posts], batch_size=BATCH)
    settle_replies(to)
    last, added = to.posts, [post for post in posts if post.number > to.posts]
    carry_readings(
        from_id=topic.pk, to_id=to.pk, after=last, numbers=[before[post.pk] for post in added], at=at
    )
    to.posts += len(added)
    for post in posts:
        # With a post that begins a topic its title is found.
        if 1 in (before[post.pk], post.number):
            for tell in AFTER_EDITING:
                tell(post, to)
    if topic.space_id != to.space_id:
        for tell_moved in AFTER_MOVING:
            tell_moved(to, topic.space_id)
    for tell_parted in AFTER_PARTING:
        tell_parted(topic, to)
    for each in (topic, to):
        each.last_said_at = latest_of(each)
    to.save(update_fields=["posts", "last_said_at"])
    withdraw_answer(topic, before.values(), by=by, at=at)
    topic.save(update_fields=["last_said_at", "answer"])
    note_all(
        PostMoved(
            post_id=post.pk,
            from_topic_id=topic.pk,
            from_number=before[post.pk],
            topic_id=to.pk,
            number=post.number,
            by_person_id=by.pk,
            at=at,
        )
        for post in posts
    )
    return signs


def take_places(posts: Sequence[Post], to: Topic) -> dict[int, int]:
    """Give each post its number in another topic: the one it had there before, or the next. Signs of those go."""
    signs = Post.objects.filter(topic=to, moved_to__in=[post.pk for post in posts])
    places = dict(signs.values_list("moved_to_id", "number"))
    signs.delete()
    after = to.posts
    for post in posts:
        if post.pk not in places:
            after += 1
            places[post.pk] = after
    return places


def answer_from(post: Post, topic: Topic, moved: dict[int, int], number: int) -> None:
    """Have a post that moves to a number still say which one it answers, in whichever topic that is."""
    if post.reply_to is None:
        return
    if post.reply_topic_id is None:
        there = moved.get(post.reply_to)
        if there is not None and there < number:
            post.reply_to = there
        else:
            post.reply_topic = topic


def settle_replies(to: Topic) -> None:
    """Have replies in a topic name what they answer by its number there, where it came to them or they to it."""
    there = list(Post.objects.filter(topic=to, reply_topic__isnull=False))
    signs = Post.objects.filter(topic__in={post.reply_topic_id for post in there}, moved_to__topic=to)
    now_at: dict[tuple[int | None, int | None], int] = {
        (topic_id, number): now
        for topic_id, number, now in signs.values_list("topic_id", "number", "moved_to__number")
    }
    settled = []
    for post in there:
        answered = (
            post.reply_to
            if post.reply_topic_id == to.pk
            else now_at.get((post.reply_topic_id, post.reply_to))
        )
        if answered is not None and answered < post.number:
            post.reply_to, post.reply_topic = answered, None
            settled.append(post)
    Post.objects.bulk_update(settled, ["reply_to", "reply_topic"], batch_size=BATCH)


def sign(post: Post, topic: Topic, number: int) -> Post:
    """Make what stays where a post stood. It keeps the time, so that the topic stays in its order."""
    return Post(topic=topic, number=number, at=post.at, source="", html="", html_version=0, moved_to=post)


def latest_of(topic: Topic) -> datetime:
    """Say when something was said last in a topic; one from which everything went keeps its time."""
    there = Post.objects.filter(topic=topic, moved_to__isnull=True)
    latest: datetime | None = there.aggregate(at=Max("at"))["at"]
    return latest or topic.last_said_at


def withdraw_answer(topic: Topic, gone: Iterable[int], *, by: Person, at: datetime) -> None:
    """Have a question be open again whose answer went."""
    if topic.answer in set(gone):
        note(AnswerWithdrawn(topic_id=topic.pk, number=topic.answer or 0, by_person_id=by.pk, at=at))
        topic.answer = None
