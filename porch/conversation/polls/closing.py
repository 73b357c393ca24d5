"""The end of a poll: by its time, or before by whoever asked or looks after it. Then its turnout is counted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from porch.conversation.polls.acts import POLL_CLOSED
from porch.conversation.polls.facts import PollClosed
from porch.conversation.polls.models import Ballot, Poll
from porch.conversation.polls.voting import is_over, poll_of
from porch.conversation.spaces.members import members_reaching
from porch.conversation.topics.finding import hold_row, hold_topic, require_in_use
from porch.conversation.topics.voices import Voice
from porch.engine.audit.recording import record
from porch.engine.facts.noting import note
from porch.kit.apart import each_apart
from porch.kit.refusals import NotAllowed
from porch.people.identity.models import Person

MOST_AT_ONCE = 100


class NotYourPoll(NotAllowed):
    text = _("Whoever opened a poll closes it before its time, or those who look after the space.")
    hint = _("Ask them to close it.")


@transaction.atomic
def close_poll(*, topic_id: int, by: Person, at: datetime) -> Poll:
    """Close a poll before its time. Done twice, it is done once.

    Raises ``NotFound``, ``SpaceIsArchived`` and ``NotYourPoll``.
    """
    held = hold_topic(topic_id, by)
    require_in_use(held.topic.space)
    poll = poll_of(held)
    if held.topic.author_id != by.pk and not held.tends:
        raise NotYourPoll
    if is_over(poll, at):
        return poll
    if held.topic.author_id != by.pk:
        record(POLL_CLOSED, by_id=by.pk, about_id=held.topic.author_id, at=at, topic_id=topic_id)
    # Facts do not say who the organisation is.
    is_of_all = held.topic.voice == Voice.ORGANISATION and held.topic.author_id == by.pk
    return close(poll, held.topic.space_id, closed_at=at, at=at, by_id=None if is_of_all else by.pk)


def close_due_polls(*, at: datetime, hold: bool = False) -> int:
    """Close the polls whose time has come; give how many. ``hold`` says that the clock is in doubt."""
    if hold:
        return 0
    due = Poll.objects.filter(closes_at__lte=at, closed_at__isnull=True).order_by("closes_at")
    ids = list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])
    return sum(each_apart(ids, lambda topic_id: close_if_due(topic_id=topic_id, at=at)))


@transaction.atomic
def close_if_due(*, topic_id: int, at: datetime) -> bool:
    """Close one poll if its time has come and nobody was quicker; say whether it was just that."""
    space_id = hold_row(topic_id)
    poll = Poll.objects.filter(pk=topic_id, closes_at__lte=at, closed_at__isnull=True).first()
    if poll is None or poll.closes_at is None or space_id is None:
        return False
    close(poll, space_id, closed_at=poll.closes_at, at=at)
    return True


def close(poll: Poll, space_id: int, *, closed_at: datetime, at: datetime, by_id: int | None = None) -> Poll:
    """Count a poll that is held for good: who could read it now, and who of these has voted."""
    members = members_reaching(space_id)
    poll.closed_at, poll.counted_at = closed_at, at
    poll.reached = members.count()
    poll.voted = Ballot.objects.filter(poll=poll, member__in=members.values("pk")).count()
    poll.save(update_fields=["closed_at", "counted_at", "reached", "voted"])
    note(PollClosed(topic_id=poll.pk, space_id=space_id, by_person_id=by_id, at=at))
    return poll
