"""Send an announcement to everyone who reaches it: by mail too, to those who want that."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.conversation.topics.finding import NotYoursToTend, hold_topic, require_in_use
from porch.conversation.topics.models import Kind
from porch.engine.audit.acts import Act, declare
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.refusals import Conflict
from porch.notices.broadcasts.facts import BroadcastSent
from porch.notices.broadcasts.models import Broadcast
from porch.people.identity.models import Person

BROADCAST = declare(Act("topic-broadcast", _("Sent an announcement to all"), ids=("topic_id",)))


class NotAnAnnouncement(Conflict):
    text = _("Only an announcement is sent to all.")
    hint = _("Begin a new topic of this kind, and say it there.")


@transaction.atomic
def broadcast_topic(*, topic_id: int, by: Person, at: datetime) -> Broadcast:
    """Send an announcement to all. Done twice, it is done once.

    Raises ``NotFound``, ``NotYoursToTend``, ``SpaceIsArchived`` and ``NotAnAnnouncement``.
    """
    held = hold_topic(topic_id, by)
    if not held.tends:
        raise NotYoursToTend
    require_in_use(held.topic.space)
    if held.topic.kind != Kind.ANNOUNCEMENT:
        raise NotAnAnnouncement
    sent, is_new = Broadcast.objects.get_or_create(topic=held.topic, defaults={"at": at, "by": by})
    if is_new:
        record(BROADCAST, by_id=by.pk, at=at, topic_id=topic_id)
        note(BroadcastSent(topic_id=topic_id, by_person_id=by.pk, at=at))
    return sent
