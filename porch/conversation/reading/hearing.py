"""How much a member hears of a topic: what they chose for it, and where they chose nothing, what for its space."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, Q
from django.utils.translation import gettext_lazy as _

from porch.conversation.reading.actions import NoSuchLevel, tell_reading
from porch.conversation.reading.models import Level, Reading
from porch.conversation.spaces.models import Heard, Shape, SpaceLevel
from porch.conversation.topics.finding import hold_space
from porch.kit.refusals import Conflict
from porch.people.identity.models import Person

# What somebody wants to hear whatever they chose for the space.
ALL_THE_SAME = (Level.FOLLOW, Level.TRACK)


class RoomIsOneTopic(Conflict):
    text = _("A room is heard as the one topic that it is.")
    hint = _("Choose how much you hear of it at the head of the room.")


@transaction.atomic
def choose_space_level(*, space_id: int, level: str, by: Person, at: datetime) -> None:
    """Choose how much one wants to hear of a space.

    Raises ``NotFound``, ``NoSuchLevel`` and ``RoomIsOneTopic``.
    """
    space, member_id = hold_space(space_id, by)
    if level not in Heard.values:
        raise NoSuchLevel
    if space.shape == Shape.ROOM:
        raise RoomIsOneTopic
    if level == Heard.TRACK:
        SpaceLevel.objects.filter(member_id=member_id, space_id=space_id).delete()
    else:
        SpaceLevel.objects.update_or_create(
            member_id=member_id, space_id=space_id, defaults={"level": level, "at": at}
        )
    tell_reading(member_id)


def muted(topic: Any, space: Any, **whose: Any) -> Q:
    """Say that somebody has muted a topic, or its space and not the topic in particular.

    ``topic`` and ``space`` are numbers or places of them in the query around; ``whose`` names the member or person.
    """
    of_topic = Reading.objects.filter(topic=topic, level=Level.MUTE, **whose)
    return Q(Exists(of_topic)) | space_muted(topic, space, **whose)


def space_muted(topic: Any, space: Any, **whose: Any) -> Q:
    """Say that somebody has muted the space of a topic, and does not want to hear of the topic all the same."""
    of_space = SpaceLevel.objects.filter(space=space, level=Heard.MUTE, **whose)
    of_topic = Reading.objects.filter(topic=topic, level__in=ALL_THE_SAME, **whose)
    return Q(Exists(of_space)) & ~Q(Exists(of_topic))


def following(topic: Any, space: Any, *, is_new: bool, **whose: Any) -> Q:
    """Say that somebody is told of what is said in a topic; ``is_new`` says that it begins by that."""
    of_topic = Reading.objects.filter(topic=topic, **whose)
    levels = (Heard.FOLLOW, Heard.TOPICS) if is_new else (Heard.FOLLOW,)
    of_space = SpaceLevel.objects.filter(space=space, level__in=levels, **whose)
    chosen = Exists(of_topic.filter(level__in=(Level.MUTE, Level.TRACK)))
    return Q(Exists(of_topic.filter(level=Level.FOLLOW))) | (Q(Exists(of_space)) & ~Q(chosen))
