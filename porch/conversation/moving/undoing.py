"""Undoing that posts went to another topic: those that are still there come back to their places.

What was said and done since stays where it is. Where it cannot be undone any more, a refusal says why.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from porch.conversation.moving.actions import merge_topic, move, require_closed_enough, require_tended
from porch.conversation.moving.models import Transfer, Way
from porch.conversation.posts.models import Post
from porch.conversation.topics.acts import MOVED_BACK
from porch.conversation.topics.facts import AnswerAccepted, TopicParted, TopicSplit
from porch.conversation.topics.finding import hold_both, require_in_use
from porch.conversation.topics.models import Topic
from porch.conversation.topics.tending import count_anew
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.refusals import Conflict, NotFound
from porch.people.identity.models import Person


class WentOn(Conflict):
    text = _("This is not undone any more: what went there has gone on to another topic.")
    hint = _("Undo that first, or move the posts one by one.")


class WasWrittenThere(Conflict):
    text = _("Something was written in the new topic meanwhile.")
    hint = _("Merge it into the other topic: then that goes along, at its end.")


@transaction.atomic
def undo_transfer(*, transfer_id: int, by: Person, at: datetime) -> Topic:
    """Have posts that went to another topic together come back to their places, and give the topic they are in then.

    A topic that was made by splitting goes back as a whole, if nothing else was said in it: that is a merge, and
    can be undone as one. One that was merged has its address, its pin and its answer again. They come back only where
    nobody reads them who does not now (B18).
    Raises ``NotFound``, ``NotYoursToTend``, ``SpaceIsArchived``, ``WouldBeReadByOthers``, ``WentOn``,
    ``WasWrittenThere`` and ``TooLongToMerge``.
    """
    asked = Transfer.objects.filter(pk=transfer_id).values_list("topic_id", "to_id").first()
    if asked is None:
        raise NotFound
    held, there = hold_both(*asked, by)
    # Read anew: now that both are held, nobody else undoes it.
    found = Transfer.objects.filter(pk=transfer_id).first()
    if found is None:
        raise NotFound
    require_tended(held, there)
    topic, to = held.topic, there.topic
    for each in (topic, to):
        require_in_use(each.space)
    require_closed_enough(to, topic)
    posts = require_still_there(found, topic, to)
    found.delete()
    if found.way == Way.SPLIT:
        return merge_topic(topic_id=to.pk, into_id=topic.pk, by=by, at=at)
    if found.way == Way.MERGE:
        topic.merged_into, topic.is_pinned = None, found.was_pinned
        topic.save(update_fields=["merged_into", "is_pinned"])
    move(posts, to, topic, by=by, at=at)
    for space in {topic.space_id: topic.space, to.space_id: to.space}.values():
        count_anew(space)
    answer_again(found, topic, by=by, at=at)
    record(MOVED_BACK, by_id=by.pk, at=at, topic_id=to.pk, to_topic_id=topic.pk)
    kind = TopicParted if found.way == Way.MERGE else TopicSplit
    note(kind(topic_id=to.pk, to_topic_id=topic.pk, by_person_id=by.pk, at=at))
    return topic


def require_still_there(found: Transfer, topic: Topic, to: Topic) -> list[Post]:
    """Give the posts that come back. Raises what keeps them where they are."""
    is_merge = found.way == Way.MERGE
    if to.merged_into_id is not None or topic.merged_into_id != (to.pk if is_merge else None):
        raise WentOn
    posts = list(came_with(found).filter(topic=to).select_related("author").order_by("number"))
    if found.way == Way.SPLIT:
        there = Post.objects.filter(topic=to, moved_to__isnull=True)
        if there.exclude(pk__in=[post.pk for post in posts]).exists():
            raise WasWrittenThere
    starts = Post.objects.filter(topic=topic, number=1, moved_to__isnull=True).exists()
    if not posts or not (starts or any(is_first(post, topic) for post in posts)):
        raise WentOn
    return posts


def came_with(found: Transfer) -> QuerySet[Post]:
    """Give the posts that went together, wherever they are now."""
    signs = Post.objects.filter(
        topic_id=found.topic_id, pk__gte=found.first_sign, pk__lte=found.last_sign, moved_to__isnull=False
    )
    return Post.objects.filter(pk__in=signs.values("moved_to"))


def is_first(post: Post, topic: Topic) -> bool:
    """Say whether a topic began with a post that is elsewhere now."""
    return Post.objects.filter(topic=topic, number=1, moved_to=post).exists()


def answer_again(found: Transfer, topic: Topic, *, by: Person, at: datetime) -> None:
    """Have a question be answered again by the post that answered it, if that came back."""
    back = Post.objects.filter(
        topic=topic, number=found.answer or 0, moved_to__isnull=True, deletion__isnull=True
    )
    if topic.answer is None and back.exists():
        topic.answer = found.answer
        topic.save(update_fields=["answer"])
        note(AnswerAccepted(topic_id=topic.pk, number=found.answer or 0, by_person_id=by.pk, at=at))
