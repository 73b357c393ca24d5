"""What a participant does with a group: name it, and leave it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as now_in_words
from django.utils.translation import gettext_lazy as _

from porch.conversation.direct.facts import DirectLeft, DirectRenamed
from porch.conversation.direct.models import Conversation
from porch.conversation.spaces.participants import Participant
from porch.conversation.topics.finding import Held, hold_topic
from porch.conversation.topics.models import Topic
from porch.engine.facts.noting import note
from porch.kit.refusals import Conflict, NotFound
from porch.kit.text import clean_line
from porch.people.identity.models import Person

LONGEST_NAME = 80


class NotAGroup(Conflict):
    text = _("This is a conversation of two: it is called by your names, and neither leaves it.")
    hint = _("Mute it to hear nothing more of it, or block the other.")


@transaction.atomic
def name_group(*, topic_id: int, name: str, by: Person, at: datetime) -> Topic:
    """Give a group a name, or with an empty one take it away. Raises ``NotFound`` and ``NotAGroup``."""
    name = clean_line(name, most=LONGEST_NAME, name=_("name")) if name.strip() else ""
    held, group = hold_group(topic_id, by)
    topic = held.topic
    title = name or now_in_words("Direct conversation")
    if (topic.title, group.is_named) != (title, bool(name)):
        topic.title, group.is_named = title, bool(name)
        topic.save(update_fields=["title"])
        group.save(update_fields=["is_named"])
        note(DirectRenamed(topic_id=topic.pk, space_id=topic.space_id, at=at))
    return topic


@transaction.atomic
def leave_group(*, topic_id: int, by: Person, at: datetime) -> None:
    """Leave a group: from now on one reads nothing of it. Raises ``NotFound`` and ``NotAGroup``."""
    held, _group = hold_group(topic_id, by)
    Participant.objects.filter(space=held.topic.space, member_id=held.member_id).update(left_at=at)
    note(DirectLeft(topic_id=topic_id, space_id=held.topic.space_id, at=at))


def hold_group(topic_id: int, by: Person) -> tuple[Held, Conversation]:
    """Hold a group in which somebody takes part. Raises ``NotFound`` and ``NotAGroup``."""
    held = hold_topic(topic_id, by)
    if not held.topic.space.is_direct:
        raise NotFound
    group = Conversation.objects.get(space=held.topic.space)
    if group.pair is not None:
        raise NotAGroup
    return held, group
