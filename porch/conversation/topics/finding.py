"""A topic for a verb: found, held, and with what somebody may do in it; one query for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import BigIntegerField, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from porch.community.membership.models import Member
from porch.conversation.spaces.locking import hold_spaces
from porch.conversation.spaces.models import Space
from porch.conversation.spaces.rules import looked_after_by, reached_by
from porch.conversation.topics.models import Topic
from porch.kit.prepared_models import PreparedModel
from porch.kit.refusals import Conflict, NotAllowed, NotFound
from porch.people.identity.models import Person


class TopicIsClosed(Conflict):
    text = _("This topic is closed.")
    hint = _("Begin a new one, and link to this one in it. Those who look after the space can open it again.")


class SpaceIsArchived(Conflict):
    text = _("This space is archived: it can be read, and nothing is written in it.")
    hint = _("Those who look after spaces can open it again.")


class TopicIsMerged(Conflict):
    text = _("This topic went into another.")
    hint = _("Its address leads there: go on in that one.")


class NotYoursToTend(NotAllowed):
    text = _("Only those who look after what is said here can do that.")
    hint = _("Ask one of them to do it.")


@dataclass(frozen=True, slots=True)
class Held:
    """A topic that is held to the end of the transaction, and whoever acts in it."""

    topic: Topic
    member_id: int
    tends: bool


def hold_topic(topic_id: int, by: Person, *, to_space: int | None = None) -> Held:
    """Find a topic that somebody reaches, and hold it with its space, and with another that it may go to.

    Raises ``NotFound``. Topics are held before spaces; nothing waits for a topic that holds a space.
    """
    if connection.features.has_select_for_update:
        space_id = hold_row(topic_id)
        if space_id is None:
            raise NotFound
        hold_spaces(space_id, *filter(None, [to_space]))
    return read_held(topic_id, by)


def hold_both(first_id: int, second_id: int, by: Person) -> tuple[Held, Held]:
    """Find two topics that somebody reaches, and hold them with their spaces, each kind in the order of its numbers.

    Raises ``NotFound``.
    """
    hold_topics((first_id, second_id))
    return read_held(first_id, by), read_held(second_id, by)


def read_held(topic_id: int, by: Person) -> Held:
    """Read a topic that somebody reaches, with what they may do in it; nobody holds it by that. Raises ``NotFound``."""
    found = HELD.first(topic=topic_id, person=by.pk)
    if found is None:
        raise NotFound
    return Held(found, found.member_id, found.tends)  # type: ignore[attr-defined]  # annotated


def reached_topic(topic: Any, person: Any) -> QuerySet[Topic]:
    """Select a topic that somebody reaches, with its space, and with what they may do in it."""
    member = Member.objects.present().filter(person_id=person).values("pk")
    found = Topic.objects.select_related("space__circle", "space__role", "closure")
    return found.filter(reached_by(person, "space__"), pk=topic).annotate(
        member_id=Subquery(member[:1]), tends=Q(looked_after_by(person, "space__"))
    )


HELD = PreparedModel(reached_topic, topic=BigIntegerField(), person=BigIntegerField())


def hold_row(topic_id: int) -> int | None:
    """Hold the row of a topic alone, whoever asks, and give the space that it is in; None where there is none."""
    rows = Topic.objects.filter(pk=topic_id)
    if connection.features.has_select_for_update:
        rows = rows.select_for_update(no_key=True)
    return rows.values_list("space_id", flat=True).first()


def hold_topics(ids: Iterable[int]) -> None:
    """Hold many topics, and then their spaces, in an order in which nobody waits for somebody who waits."""
    if connection.features.has_select_for_update:
        rows = Topic.objects.select_for_update(no_key=True).filter(pk__in=set(ids)).order_by("pk")
        hold_spaces(*{space for _topic, space in rows.values_list("pk", "space_id")})


def hold_space(space_id: int, by: Person) -> tuple[Space, int]:
    """Find a space that somebody reaches, hold it, and give it with the number of the member. Raises ``NotFound``."""
    hold_spaces(space_id)
    return reached_space(space_id, by)


def reached_space(space_id: int, by: Person) -> tuple[Space, int]:
    """Find a space that somebody reaches, and the number of the member. Raises ``NotFound``.

    A direct conversation is none: no topic is begun in it, and none moves there.
    """
    found = REACHED.first(space=space_id, person=by.pk)
    if found is None:
        raise NotFound
    return found, found.member_id  # type: ignore[attr-defined]  # annotated


def begun_in(space: Any, person: Any) -> QuerySet[Space]:
    """Select a space in which somebody may begin a topic, with their number as a member."""
    member = Member.objects.present().filter(person_id=person).values("pk")
    found = Space.objects.filter(reached_by(person), pk=space, is_direct=False)
    return found.select_related("circle", "role").annotate(member_id=Subquery(member[:1]))


REACHED = PreparedModel(begun_in, space=BigIntegerField(), person=BigIntegerField())


def require_open(held: Held) -> None:
    """Refuse to write where nothing is. Raises ``SpaceIsArchived``, ``TopicIsMerged`` and ``TopicIsClosed``."""
    require_in_use(held.topic.space)
    require_unmerged(held.topic)
    if is_closed(held.topic):
        raise TopicIsClosed


def require_in_use(space: Space) -> None:
    """Refuse to write in an archived space. Raises ``SpaceIsArchived``."""
    if space.archived_at is not None:
        raise SpaceIsArchived


def require_unmerged(topic: Topic) -> None:
    """Refuse what has no sense where nothing is any more. Raises ``TopicIsMerged``."""
    if topic.merged_into_id is not None:
        raise TopicIsMerged


def is_closed(topic: Topic) -> bool:
    """Say whether a topic that was read with its closure is closed."""
    return hasattr(topic, "closure")
