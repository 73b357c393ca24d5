"""Looking after topics: closed, pinned, moved, renamed."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from porch.conversation.spaces.models import Space
from porch.conversation.spaces.readers import opens
from porch.conversation.topics.acts import CLOSED, MOVED, PINNED, RENAMED, REOPENED, UNPINNED
from porch.conversation.topics.facts import (
    TopicClosed,
    TopicMoved,
    TopicPinned,
    TopicRenamed,
    TopicReopened,
    TopicUnpinned,
)
from porch.conversation.topics.finding import (
    Held,
    NotYoursToTend,
    hold_topic,
    is_closed,
    reached_space,
    require_in_use,
    require_open,
    require_unmerged,
)
from porch.conversation.topics.models import LONGEST_TITLE, Closure, Kind, Topic
from porch.conversation.topics.rooms import StreamStays, require_topics
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.refusals import Conflict
from porch.kit.text import clean_line
from porch.people.identity.models import Person

LONGEST_REASON = 300

# Told in the transaction that a topic has another title, or begins with another post than before.
AFTER_RENAMING: list[Callable[[Topic], None]] = []
# Told in the transaction that all or some posts of a topic came from another space, given by its number.
AFTER_MOVING: list[Callable[[Topic, int], None]] = []
# Told in the transaction that posts went from one topic to another.
AFTER_PARTING: list[Callable[[Topic, Topic], None]] = []


class WouldBeReadByOthers(Conflict):
    text = _("There it would be read by members for whom it was not written.")
    hint = _("Move it to a space that is for the same circle or role, or ask in a new topic there.")


@transaction.atomic
def close_topic(*, topic_id: int, by: Person, at: datetime, reason: str = "") -> Topic:
    """Close a topic. Done twice, it is done once. Raises ``NotFound`` and ``NotYoursToTend``."""
    held = hold_to_tend(topic_id, by)
    if not is_closed(held.topic):
        words = clean_line(reason, most=LONGEST_REASON, name=_("reason")) if reason.strip() else ""
        Closure.objects.create(topic=held.topic, at=at, by=by, reason=words)
        record(CLOSED, by_id=by.pk, at=at, reason=words, topic_id=topic_id)
        note(TopicClosed(topic_id=topic_id, by_person_id=by.pk, at=at))
    return held.topic


@transaction.atomic
def reopen_topic(*, topic_id: int, by: Person, at: datetime) -> Topic:
    """Open a closed topic again."""
    held = hold_to_tend(topic_id, by)
    gone, _of_each = Closure.objects.filter(topic=held.topic).delete()
    if gone:
        record(REOPENED, by_id=by.pk, at=at, topic_id=topic_id)
        note(TopicReopened(topic_id=topic_id, by_person_id=by.pk, at=at))
    return held.topic


@transaction.atomic
def pin_topic(*, topic_id: int, is_pinned: bool, by: Person, at: datetime) -> Topic:
    """Pin a topic above the others of its space, or take the pin away."""
    topic = hold_to_tend(topic_id, by).topic
    if topic.is_pinned == is_pinned:
        return topic
    topic.is_pinned = is_pinned
    topic.save(update_fields=["is_pinned"])
    record(PINNED if is_pinned else UNPINNED, by_id=by.pk, at=at, topic_id=topic_id)
    kind = TopicPinned if is_pinned else TopicUnpinned
    note(kind(topic_id=topic_id, by_person_id=by.pk, at=at))
    return topic


@transaction.atomic
def move_topic(*, topic_id: int, to_id: int, by: Person, at: datetime) -> Topic:
    """Move a topic to another space, with everything said in it; its address stays.

    It goes where nobody reads it who could not before (B18). Raises ``NotFound``, ``NotYoursToTend``,
    ``SpaceIsArchived``, ``RoomHasOneTopic`` and ``WouldBeReadByOthers``.
    """
    topic = hold_to_tend(topic_id, by, to_space=to_id).topic
    to, _member = reached_space(to_id, by)
    if to.pk == topic.space_id:
        return topic
    require_in_use(to)
    require_topics(to)
    if opens(topic.space, to):
        raise WouldBeReadByOthers
    left, topic.space = topic.space, to
    topic.save(update_fields=["space"])
    for tell in AFTER_MOVING:
        tell(topic, left.pk)
    for space in (left, to):
        count_anew(space)
    record(MOVED, by_id=by.pk, at=at, topic_id=topic_id)
    note(TopicMoved(topic_id=topic_id, from_space_id=left.pk, to_space_id=to.pk, by_person_id=by.pk, at=at))
    return topic


@transaction.atomic
def rename_topic(*, topic_id: int, title: str, by: Person, at: datetime) -> Topic:
    """Give a topic another title: who began it may as long as it is open, and those who look after it."""
    title = clean_line(title, most=LONGEST_TITLE, name=_("title"))
    held = hold_topic(topic_id, by)
    if held.topic.kind == Kind.ROOM:
        raise StreamStays
    if not held.tends:
        # A direct conversation has a name, which is given elsewhere.
        if held.topic.author_id != by.pk or held.topic.space.is_direct:
            raise NotYoursToTend
        require_open(held)
    topic = held.topic
    if topic.title != title:
        topic.title = title
        topic.save(update_fields=["title"])
        for tell in AFTER_RENAMING:
            tell(topic)
        if topic.author_id != by.pk:
            record(RENAMED, by_id=by.pk, about_id=topic.author_id, at=at, topic_id=topic_id)
        note(TopicRenamed(topic_id=topic_id, by_person_id=by.pk, at=at))
    return topic


def count_anew(space: Space) -> None:
    """Write onto a space that is held what was said in it, counted from its topics."""
    found = Topic.objects.filter(space=space, merged_into__isnull=True).aggregate(
        topics=Count("pk"), posts=Coalesce(Sum("posts"), 0), last_said_at=Max("last_said_at")
    )
    Space.objects.filter(pk=space.pk).update(**found)


def hold_to_tend(topic_id: int, by: Person, *, to_space: int | None = None) -> Held:
    """Hold a topic for somebody who looks after it. Raises ``NotFound``, ``NotYoursToTend``, ``StreamStays`` and
    ``TopicIsMerged``.
    """
    held = hold_topic(topic_id, by, to_space=to_space)
    if not held.tends:
        raise NotYoursToTend
    if held.topic.kind == Kind.ROOM:
        raise StreamStays
    require_unmerged(held.topic)
    return held
