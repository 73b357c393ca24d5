"""The one topic of a room: all that is said there, as a stream."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from porch.conversation.spaces.models import Shape, Space
from porch.conversation.topics.models import Kind, Topic
from porch.kit.refusals import Conflict


class RoomHasOneTopic(Conflict):
    text = _("This space is a room: what is said in it is one stream, and no topic is begun there.")
    hint = _("Say it in the room, or begin a topic in another space.")


class StreamStays(Conflict):
    text = _("What is said in a room stays in it, open and under its name.")
    hint = _("Archive the space, if nothing more is to be said there.")


def shape_space(space: Space, at: datetime) -> None:
    """Give a space that is held the topic that its shape wants: a room has one from the beginning, under its name.

    Nothing was said yet where a shape changes, so that nothing is lost.
    """
    found = Topic.objects.filter(space=space, kind=Kind.ROOM)
    if space.shape != Shape.ROOM:
        found.filter(posts=0).delete()
    elif not found.exclude(title=space.name).update(title=space.name) and not found.exists():
        Topic.objects.create(space=space, kind=Kind.ROOM, title=space.name, begun_at=at, last_said_at=at)


def require_topics(space: Space) -> None:
    """Refuse to bring a topic into a room. Raises ``RoomHasOneTopic``."""
    if space.shape == Shape.ROOM:
        raise RoomHasOneTopic
